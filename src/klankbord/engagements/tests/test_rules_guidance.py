"""Five answers always lead somewhere, with a reason; danger and illness lead where they should."""

from itertools import product

from klankbord.engagements.guidance_texts import guidance, why, why_unsure
from klankbord.engagements.rules.guidance import (
    LEADS,
    About,
    Answers,
    Form,
    Help,
    Near,
    Reach,
    Well,
    about_coming_back,
    advise,
)

OPEN = (None,)
EVERYTHING = [
    Answers(*chosen)
    for chosen in product((*OPEN, *About), (*OPEN, *Help), (*OPEN, *Well), (*OPEN, *Reach), (*OPEN, *Near))
]


def test_every_combination_of_answers_leads_to_something_with_a_reason_in_words():
    for answers in EVERYTHING:
        advice = advise(answers)
        assert advice.best
        for fit in (*advice.best, *advice.also):
            reasons = [why(answer, fit.form) for answer in fit.because] or [why_unsure()]
            assert all(one.nl and one.en for one in reasons)
            assert fit.because or fit.form is Form.COACHING


def test_nothing_is_named_twice_and_the_list_stays_short():
    for answers in EVERYTHING:
        advice = advise(answers)
        named = [fit.form for fit in (*advice.best, *advice.also)]
        assert len(named) == len(set(named)) <= 7
        assert len(advice.also) <= 3


def test_danger_always_comes_first_and_nothing_else_is_called_urgent():
    for answers in EVERYTHING:
        assert advise(answers).urgent is (answers.well is Well.DANGER)


def test_whoever_is_ill_or_coming_back_is_always_led_to_the_company_doctor_and_never_to_coaching():
    for answers in EVERYTHING:
        if answers.well in (Well.ILL, Well.RETURNING):
            advice = advise(answers)
            assert Form.COMPANY_DOCTOR in [fit.form for fit in advice.best]
            assert Form.COACHING not in [fit.form for fit in (*advice.best, *advice.also)]
            assert advice.of_illness


def test_what_is_not_allowed_always_leads_to_the_confidential_adviser_first():
    for answers in EVERYTHING:
        if answers.about is About.WRONG:
            assert Form.CONFIDENTIAL_ADVISER in [fit.form for fit in advise(answers).best]
            assert Form.COACHING not in [fit.form for fit in advise(answers).best]


def test_every_form_is_the_best_for_somebody_and_a_plain_case_of_each_is_found():
    plain = {
        Form.COACHING: Answers(About.MYSELF, Help.THINK),
        Form.MENTORING: Answers(About.WAY, Help.EXPERIENCE),
        Form.TRAINING: Answers(About.SKILL, Help.PRACTISE),
        Form.COUNSELLING: Answers(None, Help.HEARD, Well.STRAINED),
        Form.ADVISING: Answers(About.QUESTION, Help.ANSWER),
        Form.MANAGING: Answers(About.WORK, Help.DECISION, Well.WELL, Reach.OTHERS),
        Form.CONFIDENTIAL_ADVISER: Answers(About.WRONG, Help.HEARD),
        Form.COMPANY_DOCTOR: Answers(About.MYSELF, Help.THINK, Well.RETURNING),
        Form.SOCIAL_WORK: Answers(About.LIFE),
        Form.MEDIATION: Answers(About.CONFLICT, None, Well.WELL, Reach.TOGETHER),
    }
    assert set(plain) == set(Form)
    for form, answers in plain.items():
        assert [fit.form for fit in advise(answers).best] == [form]


def test_what_is_up_to_the_organisation_is_not_put_down_to_the_person():
    for answers in EVERYTHING:
        fine = answers.well in (None, Well.WELL)
        if answers.about is About.WORK and answers.reach is Reach.OTHERS and fine:
            assert [fit.form for fit in advise(answers).best] == [Form.MANAGING]


def test_the_words_hold_every_answer_every_form_and_every_reason_and_no_more():
    words = guidance()
    assert {one.id for one in words.forms} == set(Form)
    asked = {one.id: {answer.id for answer in one.answers} for one in words.questions}
    assert asked == {"about": set(About), "help": set(Help), "well": set(Well), "reach": set(Reach), "near": set(Near)}
    pairs = {f"{answer.value}.{form.value}" for answer, forms in LEADS.items() for form in forms}
    assert {one.id for one in words.whys} == pairs | {"unsure"}


def test_a_request_about_coming_back_is_not_started_and_any_other_is():
    assert [finding.blocks for finding in about_coming_back(about_it=True)] == [True]
    assert about_coming_back(about_it=False) == []
