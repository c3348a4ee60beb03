"""The names that dates are written with: time zones (minutes from UTC) and months in the languages of the feeds."""

from __future__ import annotations

ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
    "bst": 60, "cet": 60, "met": 60, "mez": 60, "west": 60, "wat": 60,
    "cest": 120, "mest": 120, "mesz": 120, "eet": 120, "sast": 120, "cat": 120,
    "eest": 180, "msk": 180, "eat": 180, "trt": 180, "msd": 240, "gst": 240,
    "pkt": 300, "ist": 330, "npt": 345, "ict": 420, "wib": 420,
    "hkt": 480, "sgt": 480, "myt": 480, "awst": 480, "pht": 480,
    "jst": 540, "kst": 540, "acst": 570, "aest": 600, "acdt": 630, "aedt": 660,
    "nzst": 720, "nzdt": 780,
    "brt": -180, "art": -180, "clt": -240,
    "nst": -210, "ndt": -150, "ast": -240, "adt": -180,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "akst": -540, "akdt": -480, "hst": -600,
}  # fmt: skip
"""IST is India's and CST America's, as RFC 822 and common use have it; names that mean several places mean these."""

_BY_MONTH = (
    "jan gen ene januari januar janvier janeiro enero gennaio janv янв sty led",
    "feb fev febr fevr fevrier fevereiro febrero febbraio feber фев lut uno",
    "mar mrt mrz maa maart marz maerz mars marc marzo marec мар bre",
    "apr avr abr avri abri april апр kwi dub",
    "may mai mei maj mag mayo maio maggio мая май kve",
    "jun juin juni giu junho giugno июн cze cer lipnja lipa",
    "jul juil juli lug julho luglio июл lip cvc cervence cervenec srpnja srpa",
    "aug aou aout ago agosto авг sie srp",
    "sep set sept septembre setembro settembre сен wrz zar",
    "oct okt ott out octobre outubro ottobre окт paz rij",
    "nov novembre нояб ноя lis marr",
    "dec dez dic dezember dicembre decembre dezembro diciembre дек gru pro",
)
MONTHS = {name: number for number, names in enumerate(_BY_MONTH, start=1) for name in names.split()}
"""Month names and their first letters, folded: en, nl, de, fr, es, it, pt, da, no, sv, pl, cs, ru."""

WEEKDAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
