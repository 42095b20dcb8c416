"""The closed word lists of the contract, version 1."""

VERSION = "1"
UNNAMED_CITY = "未命名城市"
"""What the contract row holds, which must have a name, until a package names the city: it is shown nowhere."""

CODE_SYSTEMS = ("stat12", "gbt2260", "local")
DIRECTIONS = ("higher_better", "lower_better", "range", "neutral")
AGGREGATIONS = ("sum", "ratio", "weighted_mean", "none")
WEIGHT_COLUMNS = ("population", "area_km2")
STATUSES_WITH_VALUE = ("valid", "estimated", "suspect")
STATUSES_WITHOUT_VALUE = ("not_applicable", "not_collected", "suppressed")
STATUSES = STATUSES_WITH_VALUE + STATUSES_WITHOUT_VALUE
REFERENCE_KINDS = ("standard", "plan_target", "national_average", "international")
OPERATORS = (">=", "<=", "between")
PROBLEM_KINDS = ("management", "engineering")
SEVERITIES = ("general", "serious", "critical")
TRACKS = ("time_limited", "best_effort")
PROBLEM_STATUSES = ("open", "in_progress", "resolved", "closed")
LOCATION_QUALITIES = ("exact", "approximate", "none")
STAGES = (
    "pipeline",
    "planning",
    "approval",
    "started",
    "construction",
    "completed",
    "accepted",
    "post_evaluation",
    "cancelled",
    "unknown",
)
BOARDS = ("status", "plan", "management", "socio_economic")
SOURCE_KINDS = ("table", "file", "wms", "wmts", "ogc_features", "wfs", "xyz", "tiles3d")
VERDICTS = ("agree", "question", "reject")
