"""Units that count things, which no honest value makes negative."""

_THINGS = "个個栋棟幢处處人条條户戶套件座所家辆輛起次例宗项項名口间間部株棵块塊片班床张張台臺辈艘架盏盞根只隻座家份"
_MULTIPLES = ("", "十", "百", "千", "万", "萬", "亿", "億", "百万")
_ENGLISH = (
    "count", "number", "persons", "people", "households", "buildings", "dwellings", "units", "places", "cases", "items",
)  # fmt: skip

COUNT_UNITS = tuple(sorted({multiple + thing for multiple in _MULTIPLES for thing in _THINGS})) + _ENGLISH
