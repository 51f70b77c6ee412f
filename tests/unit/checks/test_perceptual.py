from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from archive.checks.perceptual import CONFIRMED_BITS, NEAR_BITS, distance, hashes
from tests.unit.checks.scenes import a_scene, as_jpeg

SIGNED = st.integers(-(2**63), 2**63 - 1)


def apart(one, other):
    first, second = hashes(one), hashes(other)
    return distance(first.perceptual, second.perceptual), distance(first.confirming, second.confirming)


def is_copy(one, other):
    bits, confirming = apart(one, other)
    return bits <= NEAR_BITS and confirming <= CONFIRMED_BITS


def brightened(picture, factor):
    return ImageEnhance.Brightness(picture).enhance(factor)


def re_encoded(picture, quality, scale):
    smaller = picture.resize((round(picture.width * scale), round(picture.height * scale)))
    return Image.open(io.BytesIO(as_jpeg(smaller, quality)))


# A perceptual hash is a likelihood, so these are shares of a fixed lot of scenes.
SCENES = range(60)


def share(holds):
    return sum(map(holds, SCENES)) / len(SCENES)


@pytest.mark.parametrize(("quality", "scale"), [(25, 1.0), (60, 0.5), (90, 0.25)])
def test_a_scaled_re_encoded_copy_is_known_again(quality, scale):
    assert share(lambda seed: is_copy(a_scene(seed), re_encoded(a_scene(seed), quality, scale))) >= 0.95


@pytest.mark.parametrize("factor", [0.7, 1.2])
def test_a_brightened_copy_is_known_again(factor):
    assert share(lambda seed: is_copy(a_scene(seed), brightened(a_scene(seed), factor))) >= 0.95


def test_two_scenes_are_not_copies():
    assert share(lambda seed: is_copy(a_scene(seed), a_scene(seed + 10_001))) <= 0.02


def test_a_turned_picture_is_another_one():
    assert (
        share(lambda seed: is_copy(a_scene(seed, (360, 360)), a_scene(seed, (360, 360)).rotate(90))) <= 0.02
    )


@pytest.mark.parametrize("colour", ["black", "white", "navy"])
def test_a_picture_without_features_has_no_hashes(colour):
    assert hashes(Image.new("RGB", (256, 200), colour)) is None


def test_a_picture_of_one_pixel_has_no_hashes():
    assert hashes(Image.new("L", (1, 1), 100)) is None


@given(SIGNED, SIGNED)
def test_distance_is_a_metric_on_signed_numbers(one, other):
    assert distance(one, one) == 0
    assert distance(one, other) == distance(other, one)
    assert 0 <= distance(one, other) <= 64
    assert distance(one, ~one) == 64


@given(st.integers(0, 1000))
def test_hashes_fit_a_signed_64_bit_column(seed):
    found = hashes(a_scene(seed))
    assert all(-(2**63) <= value < 2**63 for value in (found.perceptual, found.confirming))
    assert found.perceptual != found.confirming
