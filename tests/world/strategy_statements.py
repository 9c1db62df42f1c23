"""What the strategic platform of Østfold for 2024 to 2027 says, numbered by hand.

Read out of the Norwegian document section by section and put in our own words: number, section
(``0`` stands before the first), the element of the strategy that holds it, and what is said.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Statement(NamedTuple):
    """One thing the platform says, and the kind and key of the element that says it here."""

    number: int
    section: str
    kind: str
    key: str
    says: str


def _read(line: str) -> Statement:
    number, section, element, says = line.split(maxsplit=3)
    kind, key = element.split("/")
    return Statement(int(number), section, kind, key, says)


_WRITTEN: Final = """
  1 0 note/one-engine The new Østfold needs one engine; none is better placed.
  2 1 note/three-parts The platform is a foundation, focus areas and working together.
  3 1.1 note/foundation Vision, mission, roles, values and purpose are the foundation.
  4 1.1 note/future-to-stretch-towards It is a future to stretch towards, not how it was in 2023.

# Vision
  5 1.1 vision/vision The vision is that together we make things happen.
  6 1.1 vision/vision A more unified, clearer Østfold develops and breaks through.
  7 1.1 principle/arena A regional arena to talk over and coordinate shared interests.
  8 1.1 principle/one-whole Politics, administration, regions, business associations as one.

# Mission
  9 1.1 mission/mission The mission is to be a strategic body for working together.
 10 1.1 mission/mission Innovation happens first in the organisations that exist.
 11 1.1 mission/mission The Partnership makes their collaboration efficient.
 12 1.1 principle/facilitator It is a facilitator for the actors that exist.

# Roles
 13 1.1 role/connector Connector: a unique arena that ties central actors together.
 14 1.1 role/connector Connector: growth and delivery, with the organisations behind.
 15 1.1 role/catalyst Catalyst: shared priorities, direction, coordinated resources.
 16 1.1 role/catalyst Catalyst: puts speed into the ecosystem.
 17 1.1 role/initiator Initiator: starts value creation and initiatives.
 18 1.1 role/initiator Initiator: joint effort in concrete areas none has begun.
 19 1.1 principle/bottom-up It maps needs, priorities and opportunities the actors see.

# Values
 20 1.1 value/trust Trust is the ground value: openness, collaboration on trust.
 21 1.1 value/trust Enough trust is a condition for the strategy and the arena.
 22 1.1 value/future-oriented Faith in the future, will, power to act, courage for risk.
 23 1.1 value/future-oriented Progress is needed to use the potential here and nearby.
 24 1.1 value/enthusiasm Inspires to make things happen; ambitious, full of energy.
 25 1.1 value/collaboration For Østfold's competitiveness; inclusive, apolitical, open.
 26 1.1 value/collaboration Collaboration is a condition for development and innovation.

# Purpose
 27 1.1 purpose/purpose More jobs and value, with sustainability as the edge.
 28 1.1 purpose/purpose Companies and development communities are to succeed.
 29 1.1 purpose/purpose The circular economy can develop and work in practice here.
 30 1.1 outcome/jobs That gives more jobs.
 31 1.1 outcome/value-creation It gives higher value creation per employee.
 32 1.1 outcome/welfare It gives welfare.
 33 1.1 outcome/well-being It gives well-being.
 34 1.1 outcome/attractiveness It makes the region attractive.
 35 1.1 outcome/inclusion It is a basis for an inclusive society.
 36 1.1 precondition/nature Nature gives the conditions for a bioeconomy.
 37 1.1 precondition/research-and-development Research and development are leading.
 38 1.1 precondition/it-and-ai There are ties to IT and artificial intelligence.
 39 1.1 precondition/primary-production-and-food Primary and food industry are strong.
 40 1.1 precondition/adaptable-industry Industry is innovative and able to change.

# Focus areas: what the choice rests on
 41 1.2 evidence/interviews The choice rests on in-depth talks.
 42 1.2 evidence/desk-research It rests on desk research.
 43 1.2 evidence/board-input It rests on input from the board.
 44 1.2 evidence/partner-input It rests on input from the partnership.
 45 1.2 evidence/opportunities-in-viken Menon: opportunities in Viken after corona.
 46 1.2 evidence/competence-needs-in-viken Samfunnsøkonomisk Analyse: competence needs in Viken.
 47 1.2 evidence/smart-transition DiveOpp: smart transition in five sub-regions.
 48 1.2 evidence/smart-diversification Viken Tech: smart diversification in Østfold and Follo.
 49 1.2 evidence/smart-specialisation Menon: smart specialisation in Østfold.
 50 1.2 evidence/green-industry-in-new-ostfold Viken county: green industry in the new Østfold.
 51 1.2 evidence/regional-planning-basis Viken county: the basis for regional planning.
 52 1.2 note/five-or-six Five focus areas are said to be prioritised; six are named.
 53 1.2 note/three-sectors Three of them are sectors with a special future in Østfold.
 54 1.2 note/attraction-across The rest count as support; the model draws attraction across.

# Green industry
 55 1.2 focus-area/green-industry It is about circular economy and industrial symbiosis.
 56 1.2 goal/green-jobs Create value and profitable jobs.
 57 1.2 theme/green-investment Increase green investment.
 58 1.2 theme/mainland-exports Increase exports from the mainland.
 59 1.2 goal/cut-emissions Cut greenhouse gas emissions.
 60 1.2 theme/low-emission-society The way leads to a low-emission society.
 61 1.2 goal/circular-industry Contribute to circular use of resources.
 62 1.2 theme/circular-economy The circular economy stands in the area's name.
 63 1.2 theme/industrial-symbiosis Contribute to industrial symbioses.
 64 1.2 goal/joint-lift A joint lift for energy and transport.
 65 1.2 theme/emission-free-energy Regional energy systems without emissions.
 66 1.2 theme/sustainable-logistics Sustainable logistics and transport.

# Bioeconomy
 67 1.2 goal/bioeconomy-jobs Jobs and value in the bioeconomy.
 68 1.2 goal/circular-county Coordinate contributions: Østfold as the circular county.
 69 1.2 goal/bioresources It is to give circular use of resources and higher value.
 70 1.2 goal/local-answers Meet global challenges at the local level, together.

# Digital transition
 71 1.2 theme/data Jobs and value from the use of data.
 72 1.2 theme/digital-technology Jobs and value from digital technology.
 73 1.2 theme/energy-systems Jobs and value from energy systems.
 74 1.2 theme/business-efficiency Make business more efficient.
 75 1.2 theme/public-services Make public services more efficient.
 76 1.2 goal/digital-growth Growth in value, on the top line.
 77 1.2 goal/digital-verticals Connect communities.
 78 1.2 theme/verticals Stimulate verticals in and beyond Østfold.

# Attraction
 79 1.2 theme/telling-the-story Tell the story of Østfold's business.
 80 1.2 goal/enthusiasm-for-ostfold Create enthusiasm and sell Østfold's opportunities.
 81 1.2 theme/destination-companies Work with the destination companies.
 82 1.2 theme/communication Communicate internally and externally.
 83 1.2 theme/visibility-and-identity Visibility and identity.

# Capital, competence and inclusion
 84 1.2 focus-area/capital-access Conditions in which private investors want to invest here.
 85 1.2 theme/private-investors The investors in question are private.
 86 1.2 goal/future-competence Work for more and future-oriented development of competence.
 87 1.2 theme/competence-forum Work with Kompetanseforum.
 88 1.2 theme/inclusive-working-life An inclusive working life.

# Working together
 89 1.3 principle/right-partners The right partners: actors and geography decide who they are.
 90 1.3 evidence/reve-2018 Development needs certain actors and factors (Reve, 2018).
 91 1.3 principle/interplay The interplay of five groups creates an innovative ecosystem.
 92 1.3 principle/housing-and-labour-market The real housing and labour market is the basis.
 93 1.3 principle/industrial-symbioses Strong industrial symbioses are to be secured.
 94 1.3 principle/tripartite The tripartite cooperation of the Norwegian model.
 95 1.3 side/authority One side of it is the authorities.
 96 1.3 side/employer One side of it is the employers.
 97 1.3 side/employee One side of it is the employees.
 98 1.3 principle/all-five-factors Every part of the five-factor model is to be represented.
 99 1.3 factor/public-authority Public authority is a factor.
100 1.3 factor/entrepreneurship Entrepreneur environments are a factor.
101 1.3 factor/research-education Research and education are a factor.
102 1.3 factor/business Business actors are a factor.
103 1.3 factor/capital Capital is a factor.
104 1.3 principle/neighbours-when-natural Work with nearby regions when it is needed and natural.
105 1.3 neighbour/follo One of them is Follo.
106 1.3 neighbour/varmland One of them is Värmland.
107 1.3 neighbour/vastra-gotaland One of them is Västra Götaland.

# The sub-regions that the evidence names
108 1.2 sub-region/moss Moss is one of the sub-regions that were analysed.
109 1.2 sub-region/halden Halden is one of them.
110 1.2 sub-region/nedre-glomma Fredrikstad and Sarpsborg are one of them.
111 1.2 sub-region/indre-ostfold Indre Østfold is one of them.
"""

STATEMENTS: Final = tuple(
    _read(line) for line in _WRITTEN.splitlines() if line.strip() and not line.startswith("#")
)
