"""What somebody takes away of requests and coachings: as a client, as a coach, and as whoever was asked something."""

from klankbord.engagements.takeout import asking, coached, coaching

PORTIONS = (*asking.PORTIONS, *coached.PORTIONS, *coaching.PORTIONS)

LEFT_OUT = {
    "engagements_board": "the frame of the cards and the path, which are told themselves",
    "engagements_matchround": "a coordinator's work for others",
    "engagements_matchrow": "a step in a coordinator's work; what came of it is the proposal, which is told",
    "engagements_camenear": "for coordinators alone; the two are told of it in their own coaching, with its course",
    "engagements_firsttalk": "for the database to count with; nobody reads it, and both days are told themselves",
    "engagements_fitcount": "counts about at least five people",
    "engagements_sheetnote": "what a coordinator laid before others; whoever it is about has the letter",
    "engagements_waitingfigure": "a published figure, of nobody",
    "engagements_yearaccount": "written in the name of the organisation, and read by everybody",
    "engagements_yearbudget": "money of the whole organisation",
}

OF_THE_CLIENT = "the words of a client are the client's; the coach reads them, and does not take them away"
OF_THE_TWO = "found by the coaching it belongs to"

NOT_FOLLOWED = {
    "engagements_requestpreference.coach": "nobody is told that somebody preferred them, or preferred somebody else",
    "engagements_requestwords.coach": OF_THE_CLIENT,
    "engagements_fitletter.coach": "the coach has the same words as a thought; what became of it is the client's",
    "engagements_fitthought.client": "the client has the same words as a letter",
    "engagements_notedrequest.author": "what a coordinator noted for somebody is that person's",
    "engagements_sheetletter.author": "what a coordinator laid before somebody is that person's",
    "engagements_sheetletter.coach": "a letter is for whom it was laid before",
    "engagements_share.reader": "what a client shares is the client's, and can be withdrawn",
    "engagements_agreement.author": OF_THE_TWO,
    "engagements_boardstep.person": "the path was walked in the client's talk, and is told to the client",
    "engagements_request.aside": "who stepped aside tells something of that coordinator and the client together",
}

NOT_TOLD = {
    "engagements_request.aside": "which coordinators stepped aside tells something of them",
    "engagements_farewell.secret_hash": "made of the secret in a link",
    "engagements_share.kept_beside": "the id of a manager of that moment",
    "engagements_card.revision": "a count of changes",
    "engagements_experiment.revision": "a count of changes",
    "engagements_writing.revision": "a count of changes",
}
