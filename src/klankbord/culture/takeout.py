"""Of the culture scan nobody takes anything away: nobody knows what is whose, and that is the point of it."""

LEFT_OUT = {
    "culture_wave": "asked in the name of the organisation; who answers questions about it stands in every letter",
    "culture_waveunit": "a part of the organisation is of nobody",
    "culture_preparation": "a group that a coordinator laid ready out of the staff list, gone when a wave opens",
    "culture_invitation": "that somebody was asked, which is everybody; it goes when the figures are made",
    "culture_ballotright": "whose right it is cannot be told from it",
    "culture_ballotbox": "whose ballot it is cannot be told from it",
    "culture_answer": "whose answer it is cannot be told from it",
    "culture_openanswer": "whose words they are cannot be told",
    "culture_publication": "figures, about nobody",
    "culture_publishedunit": "figures, about nobody",
    "culture_teamdecision": "what a team decided together is of the team, and nobody stands in it as its writer",
    "culture_publishedwhole": "figures, about nobody",
}
