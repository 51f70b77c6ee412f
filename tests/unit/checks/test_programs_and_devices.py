from __future__ import annotations

import pytest

from archive.checks import absence, same_device, software
from archive.checks.devices import device_of, is_placeholder
from archive.checks.models import Outcome
from archive.checks.register import REGISTER
from archive.values.readership import Readership
from tests.unit.checks.making import a_reading, some_facts, the_result, told


@pytest.mark.parametrize(
    "serial", ["", "0", "00000000", "123", "1234567890", "XXXXXXX", "N/A", "unknown", "    "]
)
def test_placeholders_name_no_device(serial):
    assert is_placeholder(serial)


@pytest.mark.parametrize("serial", ["023021000484", "0K8TG9X00A0123", "4103715"])
def test_a_serial_number_names_one(serial):
    assert not is_placeholder(serial)


def test_a_device_is_keyed_by_the_installations_secret(settings):
    camera = {"make": "Canon", "model": "EOS R5", "serial": "023021000484"}
    key, alone = device_of(camera)
    assert alone
    assert len(key) == 64
    assert device_of({**camera, "make": " CANON\x20"}) == (key, True)
    assert device_of({**camera, "serial": "023021000485"})[0] != key
    settings.SECRET_KEY = "another secret"
    assert device_of(camera)[0] != key


def test_without_a_serial_number_a_model_is_not_one_device():
    key, alone = device_of({"make": "Apple", "model": "iPhone 8", "serial": None})
    assert key
    assert not alone
    assert device_of({"make": None, "model": None, "serial": "023021000484"}) == ("", False)


def test_devices_are_for_reviewers_only_and_placeholders_are_told():
    assert same_device.CHECK.readership == Readership.REVIEWERS
    result = the_result(same_device.CHECK, some_facts(a_reading(serial="0000000")))
    assert result.outcome == Outcome.CANNOT_TELL
    assert not list(same_device.CHECK.run(some_facts()))


def test_the_count_of_a_device_is_asked_when_it_is_told():
    result = the_result(same_device.CHECK, some_facts(a_reading(serial="4103715"), device_is_one=True))
    sentence = same_device.CHECK.words(result.outcome, {**result.facts, "others": 12})
    assert "12 other photos are from the same device" in sentence


def programs(*names, **more):
    return some_facts(a_reading(said=[("software", "Image Software", name) for name in names], **more))


@pytest.mark.parametrize("name", ["Ver.1.00", "12.1.2", "ELE-L29 10.1.0.150(C431E22R2P5)", "E995v1.6"])
def test_a_cameras_own_program_fits(name):
    facts = programs(name, make="HUAWEI", model="E995" if name[0] == "E" and "995" in name else "ELE-L29")
    assert the_result(software.CHECK, facts).outcome == Outcome.FITS


def test_a_program_is_history_and_no_misfit():
    result = the_result(software.CHECK, programs("Adobe Photoshop CS5 Windows"))
    assert result.outcome == Outcome.CANNOT_TELL
    assert "The file names Adobe Photoshop CS5 Windows" in told(software.CHECK, result)


def test_a_picture_that_says_it_was_made_by_a_model_does_not_fit_a_photograph():
    kind = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    reading = a_reading(source_type=kind, said=[("source_type", "XMP Iptc4xmpExt:DigitalSourceType", kind)])
    result = the_result(software.CHECK, some_facts(reading))
    assert result.outcome == Outcome.DOES_NOT_FIT
    assert "The file itself says that it was made by a trained model" in told(software.CHECK, result)


def test_no_camera_data_is_expected_of_a_platform_that_re_encodes():
    result = the_result(absence.CHECK, some_facts(platforms=("Reddit",)))
    assert result.outcome == Outcome.FITS
    assert "expected of a copy from Reddit" in told(absence.CHECK, result)


def test_no_camera_data_without_a_platform_does_not_tell():
    assert the_result(absence.CHECK, some_facts()).outcome == Outcome.CANNOT_TELL


def test_every_check_says_its_rule_help_and_innocent_readings():
    for check in REGISTER:
        assert check.rule.endswith(".")
        assert check.help.endswith(".")
        assert check.innocent
        assert not {"fake", "true", "genuine"} & set(f"{check.title} {check.rule}".casefold().split())
    assert len({check.code for check in REGISTER}) == len(REGISTER)
