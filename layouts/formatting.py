"""The one formatter: how numbers, money, changes, dates and periods read in each language."""

import math
import re
from dataclasses import dataclass

from babel.numbers import get_currency_name

from layouts.texts import Texts

MISSING = "—"
MINUS = "−"
MOST_DECIMALS = 3
_SIGNIFICANT_DIGITS = 3
_CHINESE_SCALES = ((1e8, "scale.hundred_million"), (1e4, "scale.ten_thousand"))
_ENGLISH_SCALES = ((1e9, "scale.billion"), (1e6, "scale.million"), (1e3, "scale.thousand"))
_COMPACT_FROM = 1e5
_PART = re.compile(r"(\d{4})-([HQ])(\d)")


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as the screen shows it: the digits, and the unit that is set smaller beside them."""

    text: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.unit}".strip()


class Formatter:
    def __init__(self, texts: Texts, currency: str = "CNY") -> None:
        self.texts = texts
        self.currency = currency

    def number(self, value: object, decimals: object = None) -> str:
        """Thousands separated; as many decimals as the indicator says, else three significant; “—” if missing."""
        number = known(value)
        if number is None:
            return MISSING
        places = _places(number, decimals)
        return f"{number:,.{places}f}".replace("-", MINUS)

    def quantity(self, value: object, unit: object = "", decimals: object = None) -> Shown:
        """A number with its unit, in 万/亿 or millions where it is large."""
        number = known(value)
        if number is None:
            return Shown(MISSING)
        shown_unit = self.texts.unit(unit)
        if abs(number) < _COMPACT_FROM:
            return Shown(self.number(number, decimals), shown_unit)
        size, scale = self._scale(number)
        return Shown(
            self.number(number / size, _places(number / size, None)), f"{scale}{self._gap()}{shown_unit}".strip()
        )

    def money(self, value: object) -> Shown:
        """An amount in the installation's currency: 万元 / 亿元 for CNY in Chinese, else scale and currency."""
        number = known(value)
        if number is None:
            return Shown(MISSING)
        size, scale = self._scale(number)
        unit = f"{scale}{self._gap()}{self._currency_name()}".strip()
        return Shown(self.number(number / size, _places(number / size, None)), unit)

    def change(self, difference: object, decimals: object = None) -> str:
        """A difference with its sign; zero after rounding has none."""
        number = known(difference)
        if number is None:
            return MISSING
        text = self.number(number, decimals)
        return text.replace(MINUS, "") if not text.strip(f"{MINUS}0.,") else f"+{text}" if number > 0 else text

    def period(self, period: object) -> str:
        """`2024-Q3` in words, spans with a dash; years, months and days as given."""
        text = period if isinstance(period, str) else MISSING
        part = _PART.fullmatch(text)
        if part:
            return self.texts(f"period.{part[2]}{part[3]}", year=part[1])
        return text.replace("/", " – ")

    def day(self, day: object) -> str:
        """A date as precise as it was recorded."""
        return day[:10] if isinstance(day, str) and day else MISSING

    def share(self, part: object, whole: object) -> Shown:
        """Per cent of a whole; missing where there is no whole."""
        top, bottom = known(part), known(whole)
        return Shown(self.number(100 * top / bottom, 1), "%") if top is not None and bottom else Shown(MISSING)

    def _scale(self, number: float) -> tuple[float, str]:
        scales = _CHINESE_SCALES if self.texts.language == "zh_CN" else _ENGLISH_SCALES
        for size, key in scales:
            if abs(number) >= size:
                return size, self.texts(key)
        return 1, ""

    def _gap(self) -> str:
        return "" if self.texts.language == "zh_CN" else " "

    def _currency_name(self) -> str:
        if self.texts.language == "en":
            return self.currency
        return (
            self.texts("currency.CNY") if self.currency == "CNY" else get_currency_name(self.currency, locale="zh_CN")
        )


def known(value: object) -> float | None:
    """A finite number, or None for everything that means missing."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _places(number: float, decimals: object) -> int:
    wanted = known(decimals)
    if wanted is not None:
        return min(int(wanted), MOST_DECIMALS)
    if number == int(number):
        return 0
    return max(0, min(MOST_DECIMALS, _SIGNIFICANT_DIGITS - 1 - math.floor(math.log10(abs(number)))))
