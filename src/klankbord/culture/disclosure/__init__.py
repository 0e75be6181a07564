"""Which figures of a wave may be shown, so that nobody can derive anything about a few people. Pure numpy.

**What is promised.** Whoever has everything that is shown of a wave (the publication: numbers of respondents, means,
bands, intervals, the list of what is withheld), the staff list with everybody's unit and class, and, for an item marked
sensitive, their own answer too:

1. derives no linear statement about a set of fewer than k respondents to an item: no number, sum or mean of them, nor
   of any weighing of them (rules 1 and 2; ``tree``, ``units``, ``classes``);
2. cannot exclude any of the five answers for anybody; so neither learns that all of a team gave the same one (rules 3,
   4 and 6; ``units``, ``classes``, ``bands``, ``spread``);
3. derives no number of people who answered, did not answer, or skipped an item, about a part of the organisation in
   which some but fewer than k took part (``units.units_with_enough_people``).

**Numbers are figures too.** n stands beside each mean. Of one part of the organisation, 12 answering one item and 11
another says that somebody of those 12 or more skipped the second: true of all who took part there, and of nobody in
particular. It can become true of one person only where the parts differ from item to item. Therefore all sets of units,
of all items and classes, lie within one set that is made first, of people who answered anything; each of its parts has
none or at least k of them.

**Why a figure is missing tells nothing of others.** The rules are no secret, so what is withheld speaks too. First
numbers alone decide for which units an item could be shown, and then what was answered. A part that fails by its
answers is added to the unit above, and does not count there: the rest has to be enough and to hold by itself
(``tree.roll_up_what_fails``). So also who is told exactly what such a part answered learns nothing of anybody else.

**Nothing is hidden without need.** Whichever figure of a unit is opened beside the others, or for a scale whichever set
of them, something follows that is promised not to, for who knows the rules: about those who answered the item, or about
those who took part. Tests open each in organisations drawn by lot. For classes and bands in several rows this is not
claimed.

**One set of units for a scale, and a scale is no figure of its own** (rule 5). The items of a scale are shown by the
same units, and the scale in a unit is *the plain average of the figures of its items there*: of their means, and of the
ends of their intervals; its n is the least n among them. So it is a function of what is shown already, and nothing can
follow from it that did not. The usual definition, the mean over people of their own averages, would not do. With every
answer given it is the same number. With one missing answer, the sum of the items' sums less the scale's is the sum of
the answers of exactly those who left something out, often one person. That an average of intervals is no narrower than
the interval of an average follows from the triangle inequality for standard deviations.

**What is not promised.** That nobody learns who took part: a unit is on the list of what is withheld iff somebody in it
answered anything, full response of a part that is shown says that everybody did, and numbers that add up without a part
or a class say that nobody there did. People read this before they answer. That a withheld figure gives no hint *of
those it is about*: it is missing because too few answered or because they agreed nearly all, and the two look the same,
but those who know that enough answered know that it is the second, and may see from what it was added to whether they
agreed high or low. It could be closed, at a price: decision 53. What people tell of themselves; two or more insiders
who put their answers together (k − 1 of them in a part of k know the last one's). What a class of the deviation shows
of *how many* of a class answered in an atom.

**In use.** ``protect(Tree.of(parents), Answers(...), scales=…, sensitive=…, k=5)`` gives :class:`Protected`: for each
unit and item whether it is shown, with n, sum and bands, and the same for classes.
:mod:`klankbord.culture.publication` makes the publication of it; nothing else should.
"""

from klankbord.culture.disclosure.protection import SMALLEST, Answers, Protected, protect
from klankbord.culture.disclosure.tree import NOWHERE, Tree

__all__ = ["NOWHERE", "SMALLEST", "Answers", "Protected", "Tree", "protect"]
