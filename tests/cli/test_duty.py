"""Absences and rotations by hand, and what `who` makes of them."""

import json

import pytest


@pytest.fixture
def team(run):
    run("new")
    for name in ("Mara Lindqvist", "Jun Park", "Ruth Mensah"):
        run(
            "contacts",
            "add",
            name,
            "--mobile",
            "+44 7700 900 214",
            "--zone",
            "Europe/Berlin",
            "--email",
            f"{name[0]}@x.example",
        )
    return run


def test_a_holiday_is_said_listed_moved_and_taken_back(team):
    assert team(
        "absences",
        "add",
        "CO-1",
        "--from",
        "24.12.2026",
        "--to",
        "2027-01-03",
        "--reason",
        "holiday",
        "--deputy",
        "CO-3",
    )[:2] == (0, "Added AB-0001 “holiday”.\n")
    at = ("--at", "2026-11-24T02:41:00Z")
    assert team("absences", "list", *at)[1] == (
        "AB-0001  Mara Lindqvist  24 Dec – 3 Jan  holiday, Ruth Mensah stands in\n"
    )
    (told,) = json.loads(team("absences", "list", "--json", *at)[1])
    assert (told["kind"], told["who"]["name"], told["stands_in"]["key"]) == ("absence", "Mara Lindqvist", "CO-0003")
    assert (told["from"], told["to"]) == ("2026-12-23T23:00:00+00:00", "2027-01-03T23:00:00+00:00")
    team("absences", "edit", "AB-1", "--to", "2027-01-10")
    assert "24 Dec – 10 Jan" in team("absences", "list", *at)[1]
    assert team("absences", "list", "--at", "2027-02-01T00:00:00Z")[1] == ""
    team("absences", "retire", "AB-1")
    assert team("absences", "list", *at)[1] == ""
    assert "retired" in team("absences", "list", "--all", *at)[1]
    team("undo")
    assert "24 Dec" in team("absences", "list", *at)[1]


def test_every_friday_afternoon_comes_again_until_it_does_not(team):
    team(
        "absences",
        "add",
        "CO-2",
        "--from",
        "2026-11-27 13:00",
        "--to",
        "2026-11-27 18:00",
        "--every",
        "week",
        "--until",
        "2026-12-31",
    )
    at = ("--at", "2026-11-24T02:41:00Z")
    assert "27 Nov 13:00–18:00  every week on Fri to 31 Dec 2026" in team("absences", "list", *at)[1]
    assert len(json.loads(team("absences", "list", "--days", "90", "--json", *at)[1])) == 5
    team("absences", "edit", "AB-1", "--once")
    assert len(json.loads(team("absences", "list", "--days", "90", "--json", *at)[1])) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "soon"), "“soon” is no day; write it like 2026-12-24 or 2026-12-24 18:00."),
        (("--from", "2026-12-24", "--to", "2026-12-23"), "An absence must end after it starts."),
        (("--from", "2026-12-24 10:00", "--to", "2026-12-25"), "Give both start and end a time of day, or neither"),
        (("--from", "2026-12-24", "--deputy", "CO-1"), "Nobody can stand in for themselves"),
        (("--from", "2026-12-24", "--zone", "Mars/Base"), "No time zone is called “Mars/Base”"),
        (("--from", "2026-12-24", "--rule", "FREQ=SECONDLY"), "Nothing here may come again every second"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(team, words, said):
    code, _, errors = team("absences", "add", "CO-1", *words)
    assert code == 1
    assert errors.startswith(said)


def test_people_take_turns_at_a_duty_that_the_matrix_names(team):
    code, out, _ = team(
        "rotations",
        "add",
        "Integration on call",
        "--member",
        "CO-1",
        "--member",
        "CO-2",
        "--handover",
        "2026-11-23 09:00",
    )
    assert (code, out) == (0, "Added RO-0001 “Integration on call”.\n")
    assert "Integration on call" in team("contacts", "list")[1]
    at = ("--at", "2026-11-24T02:41:00Z")
    assert team("rotations", "list", *at)[1] == (
        "RO-0001  Integration on call  Mara Lindqvist until Mon 30 Nov 2026 09:00 CET  every week on Mon 09:00\n"
    )
    team("absences", "add", "CO-2", "--from", "2026-12-01", "--reason", "ill", "--deputy", "CO-3")
    told = json.loads(team("rotations", "show", "RO-1", "--json", "--days", "14", *at)[1])
    assert [turn["member"]["name"] for turn in told] == ["Mara Lindqvist", "Jun Park", "Mara Lindqvist"]
    assert [one["reason"] for one in told[1]["away"]] == ["ill"]
    assert "Jun Park        away 1 Dec, Ruth Mensah stands in" in team("rotations", "show", "RO-1", *at)[1]
    team("rotations", "edit", "RO-1", "--member", "CO-3", "--handover", "2026-11-23 09:00", "--every", "day")
    assert "Ruth Mensah until Tue 24 Nov 2026 09:00 CET  every day 09:00" in team("rotations", "list", *at)[1]
    team("rotations", "retire", "RO-1")
    assert team("rotations", "list", *at)[1] == ""


def test_the_sun_takes_the_duty_round(team):
    team("contacts", "add", "Ken Sato", "--zone", "Asia/Tokyo")
    code, _, errors = team(
        "rotations",
        "add",
        "Desk",
        "--shift",
        "Mon-Sun 08:00-16:00; CO-4; Asia/Tokyo",
        "--shift",
        "Mon-Sun 00:00-16:00; CO-1, CO-2",
        "--at",
        "2026-11-24T02:41:00Z",
    )
    assert (code, errors) == (0, "")
    told = json.loads(team("rotations", "list", "--json", "--at", "2026-11-26T03:00:00Z")[1])
    assert told[0]["now"]["member"]["name"] == "Ken Sato"
    told = json.loads(team("rotations", "list", "--json", "--at", "2026-11-26T10:00:00Z")[1])
    assert told[0]["now"]["member"]["name"] == "Mara Lindqvist", "they take it day by day"
    code, _, errors = team("rotations", "add", "Desk", "--shift", "whenever; CO-1")
    assert (code, errors[:11]) == (1, "Hours read ")
    assert team("rotations", "add", "Desk")[2].startswith("Say who takes turns")


def test_a_calendar_comes_in_by_import_and_by_absences_import(team, tmp_path):
    path = tmp_path / "a.ics"
    event = "BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20261224\nSUMMARY:Off\n{}END:VEVENT\n"
    path.write_text(f"BEGIN:VCALENDAR\n{event.format('')}END:VCALENDAR\n")
    code, out, _ = team("import", str(path), "--json")
    assert code == 3
    assert json.loads(out)["refused"][0]["reason"].startswith("It does not say whom it concerns")
    assert team("absences", "import", str(path), "--contact", "CO-1")[1] == (
        "1 added, 0 changed, 0 the same, 0 refused.\n"
    )
    path.write_text(f"BEGIN:VCALENDAR\n{event.format('ATTENDEE:mailto:J@x.example' + chr(10))}END:VCALENDAR\n")
    assert team("import", str(path), "--as", "ics")[1].startswith("1 added")
    assert team("import", str(path))[1].startswith("0 added, 0 changed, 1 the same")


def test_calendars_go_out_and_come_back_without_a_change(team, tmp_path):
    days = ("--from", "2026-12-24", "--to", "2027-01-03", "--reason", "holiday")
    team("absences", "add", "CO-1", *days, "--every", "year")
    at = ("--at", "2026-11-24T02:41:00Z")
    code, out, _ = team("export", str(tmp_path / "out"), "--as", "ics", *at)
    assert (code, out.splitlines()[0]) == (0, "2 written, 0 the same, 0 refused.")
    assert "1 the same" in team("import", str(tmp_path / "out" / "absences.ics"))[1]
    assert team("export", str(tmp_path / "out"), "--as", "ics", *at)[1].startswith("0 written, 2 the same")
    assert team("absences", "export", str(tmp_path / "a.ics"), *at)[1].startswith("1 absences written")
