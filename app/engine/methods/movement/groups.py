"""Groups: which rows and columns of several weights belong to one head or one neuron."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import nn

from app.engine.graph import TracedGraph
from app.engine.network import linear


@dataclass(frozen=True)
class Member:
    """One linear layer of a group: its rows (axis 0) or columns (axis 1) belong to the structures."""

    name: str
    axis: int


@dataclass(frozen=True)
class Group:
    """The heads of one attention or the neurons of one feed-forward network."""

    kind: str
    """heads or neurons"""
    members: tuple[Member, ...]
    count: int
    """Structures in the group."""
    size: int
    """Rows or columns of each member that one structure takes: head_dim or 1."""

    @property
    def first(self) -> str:
        """Name of the first member: the query of heads, the inner layer of neurons."""
        return self.members[0].name


def find_groups(
    model: nn.Module, graph: TracedGraph, sparsified: set[str], warn: Callable[[str], None]
) -> list[Group]:
    """Return the groups all of whose members are sparsified; warn about those left out.

    Args:
        model: The network that ``graph`` was traced from.
        graph: Its graph.
        sparsified: Names of the linear layers that have scores.
        warn: Told once for each group that is left out because only part of it is sparsified.
    """
    candidates: list[Group] = []
    for attention in graph.attentions():
        rows = (attention.query, attention.key, attention.value)
        members = (*(Member(name, 0) for name in rows), Member(attention.output, 1))
        width = linear(model, attention.query).out_features
        candidates.append(Group("heads", members, width // attention.head_dim, attention.head_dim))
    for ffn in graph.feed_forwards():
        members = (Member(ffn.inner, 0), Member(ffn.outer, 1))
        candidates.append(Group("neurons", members, linear(model, ffn.inner).out_features, 1))
    groups: list[Group] = []
    for group in candidates:
        missing = [member.name for member in group.members if member.name not in sparsified]
        uneven = [member.name for member in group.members if not _fits(model, group, member)]
        if not missing and not uneven:
            groups.append(group)
        elif len(missing) < len(group.members):
            reason = (
                f"{', '.join(missing)} not pruned" if missing else f"{', '.join(uneven)} of another width"
            )
            warn(f"The {group.kind} of {group.first} stay whole: {reason}.")
    return groups


def _fits(model: nn.Module, group: Group, member: Member) -> bool:
    layer = linear(model, member.name)
    width = layer.out_features if member.axis == 0 else layer.in_features
    return width == group.count * group.size
