"""What notifications about engagements say. Never a theme; in the subject never who coaches whom."""

from django.utils.translation import gettext_lazy as _

from klankbord.people.messages import Message

MESSAGES = (
    Message("referral", _("%(name)s has a suggestion for you. What you do with it is up to you."), _("Read it")),
    Message("referral_question", _("%(name)s has a question for you."), _("Read the question")),
    Message("referral_answer", _("%(name)s answered your question."), _("Read the answer")),
    Message("request", _("There is a new request."), _("Open the request")),
    Message("noted", _("%(name)s noted something for you. You decide what happens with it."), _("Read it")),
    Message(
        "sheet_letter", _("%(name)s took something over from a spreadsheet for you. You decide."), _("Have a look")
    ),
    Message("sheet_confirmed", _("%(name)s says that you work together. It stands in Klankbord now."), _("Open it")),
    Message("proposal", _("There is a proposal for your request."), _("Have a look")),
    Message("put_forward", _("You were put forward as a coach. You need not do anything."), _("Have a look")),
    Message("one_declined", _("%(name)s cannot now. The others are still there."), _("Have a look")),
    Message("last_declined", _("%(name)s cannot now. There will be a new proposal."), _("Have a look")),
    Message("passed", _("A request is looking for another proposal."), _("Open the request")),
    Message("chosen", _("%(name)s would like to get to know you."), _("Plan a first talk")),
    Message("not_available", _("Your first choice is not available. There will be a new proposal."), _("Have a look")),
    Message("introduction", _("Your first talk with %(name)s is planned."), _("See when and where")),
    Message("gone_on", _("%(name)s wants to go on."), _("See the next step")),
    Message("introduction_ended", _("An introduction does not go on. You need not do anything."), _("Have a look")),
    Message("agreement", _("%(name)s wrote a version of your agreement."), _("Read it")),
    Message("agreement_accepted", _("%(name)s said yes to your agreement."), _("Have a look")),
    Message("party_asked", _("%(name)s asks you to be a party to an agreement."), _("Read what that means")),
    Message("party_agreement", _("%(name)s lays an agreement before you."), _("Read it")),
    Message("party_joins", _("%(name)s asked somebody to be a party to your agreement."), _("Have a look")),
    Message("party_left", _("Your agreement is one of two again."), _("Have a look")),
    Message("party_ended", _("You are no party to an agreement any more. You need not do anything."), _("Have a look")),
    Message("party_talk", _("%(name)s would like to talk about your agreement."), _("Have a look")),
    Message("session_moved", _("%(name)s moved a talk."), _("See when and where")),
    Message("session_cancelled", _("%(name)s cancelled a talk."), _("Have a look")),
    Message("session_not_held", _("%(name)s says that a talk did not take place."), _("Have a look")),
    Message("looked_back", _("%(name)s looked back. Lay yours beside it, and you both read them."), _("Have a look")),
    Message("text_sent", _("%(name)s sent you something."), _("Read it")),
    Message("three_way_planned", _("%(name)s planned a talk of three."), _("See when and where")),
    Message("three_way_text", _("There is a text of your talk of three. Say yes to it, or change it."), _("Read it")),
    Message("three_way_stands", _("All three of you said yes to the text of your talk."), _("Read it")),
    Message(
        "nearness", _("Something changed in the organisation. Have a look what that means for you."), _("Have a look")
    ),
    Message("nearness_raised", _("Something changed in the organisation that touches a rule."), _("Have a look")),
    Message("closing", _("%(name)s suggests rounding off."), _("Have a look")),
    Message("closed", _("You have rounded off."), _("Have a look")),
    Message("stopped", _("%(name)s stopped. There is nothing you need to do."), _("Have a look")),
    Message("word_answered", _("%(name)s answered you."), _("Read the answer")),
    Message("witness_asked", _("%(name)s has a question for you about work."), _("Read the question")),
    Message("witness_answered", _("%(name)s answered your question."), _("Read the answer")),
    Message("three_months", _("Three months ago you rounded off. You may look back, if you like."), _("Have a look")),
    Message("fit_passed_on", _("Somebody passes something on to the coordinators."), _("Read it")),
    Message("costs", _("What a coaching costs is known. Say whether you agree."), _("Have a look")),
    Message("budget", _("Of a budget not much is left."), _("Open the budget")),
    Message("shared", _("%(name)s shares a text with you."), _("Read it")),
)
