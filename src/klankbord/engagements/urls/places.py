"""Where an engagement and a talk have their addresses."""

E = "coaching/<uuid:engagement>/"
S = E + "gesprek/<int:number>/"
