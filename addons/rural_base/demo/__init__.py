from . import demo_mixin
