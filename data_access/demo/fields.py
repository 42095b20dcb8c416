"""Smooth random fields: what makes neighbours alike."""

import numpy as np
from numpy.typing import NDArray

from data_access.demo.chance import stream
from data_access.demo.plane import Points

WAVES = 24


def smooth_field(subject: str, where: Points, wavelength_km: float) -> NDArray[np.float64]:
    """Mean 0, variance about 1, correlated over about the wavelength: a sum of random plane waves (Shinozuka 1971)."""
    chance = stream(f"field {subject}")
    angle = chance.uniform(0, 2 * np.pi, WAVES)
    number = 2 * np.pi / (wavelength_km * chance.uniform(0.7, 2.2, WAVES))
    vectors = number[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    phase = chance.uniform(0, 2 * np.pi, WAVES)
    waves: NDArray[np.float64] = np.cos(where @ vectors.T + phase).sum(axis=1) * np.sqrt(2 / WAVES)
    return waves
