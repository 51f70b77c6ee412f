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


def re_encoded(picture, quality, scale):
    smaller = picture.resize((round(picture.width * scale), round(picture.height * scale)))
    return Image.open(io.BytesIO(as_jpeg(smaller, quality)))


@given(st.integers(0, 10_000), st.integers(25, 95), st.floats(0.25, 1.0))
def test_a_scaled_re_encoded_copy_is_known_again(seed, quality, scale):
    scene = a_scene(seed)
    assert is_copy(scene, re_encoded(scene, quality, scale))


@given(st.integers(0, 10_000), st.floats(0.7, 1.3))
def test_a_brightened_copy_is_known_again(seed, factor):
    scene = a_scene(seed)
    assert is_copy(scene, ImageEnhance.Brightness(scene).enhance(factor))


@given(st.integers(0, 10_000), st.integers(10_001, 20_000))
def test_two_scenes_are_not_copies(one, other):
    assert not is_copy(a_scene(one), a_scene(other))


@given(st.integers(0, 1000))
def test_a_turned_picture_is_another_one(seed):
    scene = a_scene(seed, (360, 360))
    assert not is_copy(scene, scene.rotate(90))


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
