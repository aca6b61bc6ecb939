"""What of a network was kept, as a model's record says it."""

import msgspec
import pytest

from app.domain.structure import LayerStructure
from tests.factories import make_layer


def layer_from(neurons_kept: object, total: int = 11) -> LayerStructure:
    said = msgspec.to_builtins(make_layer(0, 2, 3)) | {"neurons_total": total, "neurons_kept": neurons_kept}
    return msgspec.json.decode(msgspec.json.encode(said), type=LayerStructure)


def test_a_layer_tells_how_many_neurons_it_kept_and_which():
    layer = layer_from([0, 7, 8, 10])

    assert (layer.neuron_count, layer.neuron_ids) == (4, (0, 7, 8, 10))


def test_a_record_that_lists_ids_as_older_ones_do_says_the_same_as_one_in_bits():
    older = layer_from([0, 7, 8, 10])

    again = msgspec.json.decode(msgspec.json.encode(older), type=LayerStructure)

    assert again == older
    assert again.neuron_ids == (0, 7, 8, 10)


def test_kept_neurons_take_a_bit_each_in_a_record():
    all_of_them = layer_from(list(range(3072)), 3072)

    assert all_of_them.neuron_count == 3072
    assert len(msgspec.json.encode(all_of_them)) < 1000


@pytest.mark.parametrize("neurons_kept", [[11], [-1], "AAAA", "", [0.5], "not base64"])
def test_a_record_with_neurons_that_the_layer_cannot_have_is_refused(neurons_kept: object):
    with pytest.raises(msgspec.ValidationError):
        layer_from(neurons_kept)


def test_a_layer_without_neurons_kept_none():
    layer = layer_from([])

    assert (layer.neuron_count, layer.neuron_ids) == (0, ())
