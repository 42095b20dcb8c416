"""Groups of neighbouring cells: contiguous by construction, about equal in number of cells."""

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.vq import kmeans2
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from data_access.demo import terrain
from data_access.demo.cells import Cells
from data_access.demo.chance import stream
from data_access.demo.plane import Points

ROUNDS = 6
BRIDGE_COST = 9.0


def step_costs(cells: Cells, *, per_cell: bool) -> csr_matrix:
    """What it costs to grow from a cell into its neighbour: kilometres, or about 1 per cell; water is dear to cross."""
    first, second = cells.pairs.T
    distance = np.hypot(*(cells.seeds[first] - cells.seeds[second]).T)
    if per_cell:
        distance = distance / terrain.spacing_km((cells.seeds[first] + cells.seeds[second]) / 2)
    rough = stream("growth").uniform(0.75, 1.35, len(distance))
    cost = distance * rough * np.where(cells.bank[first] != cells.bank[second], BRIDGE_COST, 1.0)
    size = len(cells.seeds)
    return csr_matrix((np.r_[cost, cost], (np.r_[first, second], np.r_[second, first])), shape=(size, size))


def grow(costs: csr_matrix, seeds: NDArray[np.int_], members: NDArray[np.int_]) -> NDArray[np.int_]:
    """For every member the position in `seeds` of the seed it is reached from most cheaply, within the members."""
    place = np.full(costs.shape[0], -1)
    place[members] = np.arange(len(members))
    inner = costs[members][:, members]
    _, _, source = dijkstra(inner, indices=place[seeds], min_only=True, return_predecessors=True)
    order = {member: number for number, member in enumerate(place[seeds])}
    return np.array([order.get(found, -1) for found in source])


def divide(cells: Cells, costs: csr_matrix, members: NDArray[np.int_], count: int, subject: str) -> NDArray[np.int_]:
    """The members in `count` compact groups, each contiguous; the group number of every member, from west to east."""
    where = cells.seeds[members]
    stretched = _stretched(where, cells.bank[members])
    centres = kmeans2(stretched, count, minit="++", rng=stream(subject))[0]
    for _ in range(ROUNDS):
        seeds = members[[int(np.argmin(np.sum((stretched - centre) ** 2, axis=1))) for centre in centres]]
        group = grow(costs, np.unique(seeds), members)
        centres = np.array([stretched[group == number].mean(axis=0) for number in range(group.max() + 1)])
    return _west_to_east(where, group)


def _stretched(where: Points, bank: NDArray[np.int_]) -> NDArray[np.float64]:
    """Positions with the banks pulled apart, so that groups rarely straddle water."""
    return np.column_stack([where, bank * 0.6])


def _west_to_east(where: Points, group: NDArray[np.int_]) -> NDArray[np.int_]:
    middles = [where[group == number][:, 0].mean() for number in range(group.max() + 1)]
    return np.argsort(np.argsort(middles))[group]
