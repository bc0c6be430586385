from . import (
    rural_penalty_case_decide,
    rural_station_assessment_prepare,
    rural_station_assessment_sign,
    rural_station_elimination_request,
)
