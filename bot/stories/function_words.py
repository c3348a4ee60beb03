"""Words that bind sentences and tell of no event, by language: they would glue unrelated articles together."""

from __future__ import annotations

_ENGLISH = """
a about after again all also am an and any are as at be been before being between but by can could did do does for
from get gets had has have he her him his how i if in into is it its just may me might more most my no not of off on
once only or other our out over own said say says she should so some such than that the their them then there these
they this those to too under up us was we were what when where which while who whom why will with would you your
"""
_DUTCH = """
aan al alle als ook bij dan dat de den der deze die dit doet door dus een en er ge geen had haar heb hebben heeft het
hem hen hier hij hoe hun ik in is ja je jij jullie kan kon kunnen maar mag me meer men met mij mijn moet na naar niet
niets nog nu of om omdat onder ons onze ook op over reeds te tegen toch toen tot u uit uw van vanwege veel voor waar
want waren was wat we wel werd wie wij worden wordt zal ze zei zich zij zijn zo zonder zou
"""
_GERMAN = """
ab aber als also am an auch auf aus bei beim bis da damit dann das dass dem den denn der des die dies diese diesem
diesen dieser dieses doch du durch ein eine einem einen einer eines er es für gegen gibt hat hatte hatten haben ich
ihr ihre ihrem ihren ihrer im in ins ist ja jetzt kann kein keine können mehr mit muss müssen nach nicht noch nun nur
ob oder ohne sagt sagte sehr sein seine seinem seinen seiner seit sich sie sind so soll sollen über um und uns unter
vom von vor war waren warum was wegen weil wenn werden wer wie will wir wird wo wollen wurde wurden zu zum zur
"""
_FRENCH = """
a ai après au aussi aux avant avec ce ces cet cette chez comme contre dans de depuis des dit donc dont du elle elles
en encore entre est et être eu fait il ils je la le les leur leurs lors lui mais même ne non nos notre nous on ont ou
où par pas plus pour pourquoi qu que qui sa sans se sera ses si son sont sous sur ta tout tous toute très tu un une
vers vous y l d s n c j qu était ont avait
"""
_SPANISH = """
a al ante aunque como con contra cual cuando de del desde donde dos durante e el ella ellos en entre era es esa ese
eso esta estas este esto estos está están fue fueron ha han hasta hay la las le les lo los más me mi mientras muy ni
no nos o otra otro para pero por porque que qué quien se según ser si sin sobre son su sus también tan tras tu un una
uno y ya
"""

_MOMENTS = """
january february march april may june july august september october november december monday tuesday wednesday
thursday friday saturday sunday today yesterday tomorrow morning evening januari februari maart mei juni juli augustus
oktober maandag dinsdag woensdag donderdag vrijdag zaterdag zondag vandaag gisteren morgen januar februar märz mai
juli dezember montag dienstag mittwoch donnerstag freitag samstag sonntag heute gestern janvier février mars avril
juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche hier enero
febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves
viernes sábado domingo hoy ayer mañana
"""

WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "nl": frozenset(_DUTCH.split()),
    "de": frozenset(_GERMAN.split()),
    "fr": frozenset(_FRENCH.split()),
    "es": frozenset(_SPANISH.split()),
}
"""Function words as written, in lower case, by language."""

MOMENTS: frozenset[str] = frozenset(_MOMENTS.split()) - {"may", "mars", "march", "hier", "morgen"}
"""Months, weekdays and words for today: they say when an article was written, not what happened."""
