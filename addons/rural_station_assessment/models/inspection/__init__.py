from . import inspection, recording
