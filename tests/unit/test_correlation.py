"""Correlations agree with R, scipy and pandas, and what cannot be computed has a reason."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.tools.tools import add_constant

from analysis.correlation import Correlation, CorrelationMatrix, adjusted_together, clustered_order, correlate
from analysis.unanswered import Reason, Unanswered

# fmt: off
MPG = [21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4,
       33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4]
WEIGHT = [2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2,
          1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78]
HORSEPOWER = [110, 110, 93, 110, 175, 105, 245, 62, 95, 123, 123, 180, 180, 180, 205, 215, 230, 66, 52, 65, 97,
              150, 150, 245, 175, 66, 91, 113, 264, 175, 335, 109]
# fmt: on
CARS = pd.DataFrame({"mpg": MPG, "wt": WEIGHT})


def cell(frame: pd.DataFrame, one: str, other: str, method: str = "pearson", **options: object) -> Correlation:
    found = correlate(frame, method, **options).cell(one, other)  # type: ignore[arg-type]
    assert isinstance(found, Correlation)
    return found


def holes(seed: int, rows: int = 60, columns: int = 6) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    data = random.integers(0, 12, (rows, columns)).astype(float)
    data[random.random(data.shape) < 0.2] = np.nan
    return pd.DataFrame(data, columns=list("abcdefgh"[:columns]))


def test_pearson_of_rs_mtcars() -> None:
    """R: cor.test(mtcars$mpg, mtcars$wt): r = -0.8676594, p = 1.294e-10."""
    found = cell(CARS, "mpg", "wt")
    assert found.r == pytest.approx(-0.8676594, abs=1e-7)
    assert found.p_value == pytest.approx(1.294e-10, rel=1e-3)
    assert found.n == 32


def test_spearman_of_rs_mtcars_with_its_ties() -> None:
    """R: cor(mtcars$mpg, mtcars$wt, method = "spearman") = -0.886422."""
    assert cell(CARS, "mpg", "wt", "spearman").r == pytest.approx(-0.886422, abs=1e-6)


@pytest.mark.parametrize("method", ["pearson", "spearman"])
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_each_pair_uses_its_own_areas_as_pandas_does(method: str, seed: int) -> None:
    frame = holes(seed)
    ours, theirs = correlate(frame, method), frame.corr(method, min_periods=10).to_numpy()
    np.testing.assert_allclose(ours.r, theirs, atol=1e-12)


def test_values_far_from_zero_keep_their_correlation() -> None:
    frame = holes(3) + 1e9
    np.testing.assert_allclose(correlate(frame).r, correlate(frame - 1e9).r, atol=1e-6)


def test_partial_correlation_is_the_correlation_of_residuals() -> None:
    frame = holes(7, rows=80)
    control = pd.Series(np.random.default_rng(8).normal(size=80)) + frame["a"].fillna(0)
    control[::9] = np.nan
    rows = frame[["a", "b"]].assign(z=control).dropna()
    rest = {name: OLS(rows[name], add_constant(rows["z"])).fit().resid for name in "ab"}
    found = cell(frame, "a", "b", given=control)
    assert found.r == pytest.approx(stats.pearsonr(rest["a"], rest["b"]).statistic)
    t = found.r * np.sqrt((found.n - 3) / (1 - found.r**2))
    assert (found.n, found.p_value) == (len(rows), pytest.approx(2 * stats.t.sf(abs(t), len(rows) - 3)))


def test_partial_correlation_of_rs_mtcars() -> None:
    """R: summary(lm(mpg ~ wt + hp, mtcars)): wt has t = -6.129 on 29 df, p 1.12e-06; partial r = t / √(t² + 29)."""
    found = cell(CARS, "mpg", "wt", given=pd.Series(HORSEPOWER, dtype=float))
    assert found.r == pytest.approx(-6.129 / np.sqrt(6.129**2 + 29), abs=1e-4)
    assert found.p_value == pytest.approx(1.12e-06, rel=5e-3)


def test_tests_asked_together_are_corrected_together() -> None:
    """R: p.adjust(c(0.01, 0.02, 0.03), "BH") = 0.03 0.03 0.03; what has no answer does not count."""
    asked = [Correlation(0.5, 20, p, p) for p in (0.01, 0.02, 0.03)]
    found = adjusted_together([asked[0], Unanswered(Reason.CONSTANT, 20), *asked[1:]])
    assert [one.q_value for one in found if isinstance(one, Correlation)] == pytest.approx([0.03, 0.03, 0.03])
    assert found[1] == Unanswered(Reason.CONSTANT, 20)


def test_benjamini_and_hochbergs_own_example_rejects_four() -> None:
    """Benjamini & Hochberg 1995, section 4: of 15 endpoints four are significant at 0.05; R: p.adjust(p, "BH")."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    found = [one for one in adjusted_together([Correlation(0.5, 20, one, one) for one in p]) if one]
    q = [one.q_value for one in found if isinstance(one, Correlation)]
    assert q[:5] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625, 0.0603])
    assert [one.is_significant for one in found if isinstance(one, Correlation)] == [True] * 4 + [False] * 11


def test_a_matrix_survives_its_table() -> None:
    found = correlate(holes(9))
    again = CorrelationMatrix.from_frame(found.to_frame())
    assert again.codes == found.codes
    assert again.cell("a", "b") == found.cell("a", "b")
    assert CorrelationMatrix.from_frame(correlate(pd.DataFrame()).to_frame()).codes == ()


def test_a_seeming_relation_vanishes_when_its_cause_is_given() -> None:
    random = np.random.default_rng(1)
    cause = pd.Series(random.normal(size=400))
    frame = pd.DataFrame({"a": cause + random.normal(size=400) / 3, "b": cause + random.normal(size=400) / 3})
    assert cell(frame, "a", "b").is_significant
    assert not cell(frame, "a", "b", given=cause).is_significant


def test_significance_counts_all_pairs_of_the_matrix() -> None:
    frame = holes(5)
    found = correlate(frame)
    upper = np.triu_indices(6, 1)
    np.testing.assert_allclose(found.q_value[upper], stats.false_discovery_control(found.p_value[upper]))
    np.testing.assert_array_equal(found.q_value, found.q_value.T)


def test_too_few_areas_and_constant_indicators_are_answered_with_a_reason() -> None:
    frame = pd.DataFrame({"a": np.arange(12.0), "same": 5.0, "few": [1.0, 2, 3] + [np.nan] * 9, "none": np.nan})
    found = correlate(frame)
    assert found.cell("a", "same") == Unanswered(Reason.CONSTANT, 12)
    assert found.cell("a", "few") == Unanswered(Reason.TOO_FEW, 3, 10)
    assert found.cell("a", "none") == Unanswered(Reason.ALL_MISSING, 0, 10)
    assert correlate(frame, "spearman").cell("a", "same") == Unanswered(Reason.CONSTANT, 12)


def test_a_control_that_says_it_all_leaves_nothing_to_correlate() -> None:
    frame = holes(2)
    assert correlate(frame, given=frame["a"]).cell("a", "b") == Unanswered(
        Reason.CONSTANT, int(frame[["a", "b"]].notna().all(axis=1).sum())
    )


def test_related_indicators_stand_side_by_side() -> None:
    random = np.random.default_rng(4)
    one, other = random.normal(size=(2, 50))
    frame = pd.DataFrame({"a1": one, "b1": other, "a2": one + random.normal(size=50) / 9, "b2": -other})
    order = clustered_order(correlate(frame))
    assert abs(order.index("a1") - order.index("a2")) == 1
    assert abs(order.index("b1") - order.index("b2")) == 1
    assert correlate(frame).in_order(order).cell("b1", "b2") == correlate(frame).cell("b1", "b2")


def test_an_empty_matrix_is_a_matrix() -> None:
    assert clustered_order(correlate(pd.DataFrame({"a": [1.0]}))) == ["a"]
    assert correlate(pd.DataFrame({"a": pd.Series(dtype=float), "b": pd.Series(dtype=float)})).cell(
        "a", "b"
    ) == Unanswered(Reason.ALL_MISSING, 0, 10)
