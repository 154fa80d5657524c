/** A note of the desk's archive. */
export interface Note {
  id: string;
  title: string;
  text: string;
}

/** What the team's tools can find and read. */
export const ARCHIVE: readonly Note[] = [
  {
    id: 'ferry-times',
    title: 'Ferry line 4: winter timetable',
    text: `From 1 December boats of line 4 leave Northquay every 30 minutes between 06:10 and 20:40, and once an hour until 23:40.
The stop at Mill Island is served on request only: passengers press the button on the pier at least five minutes before.
On Sundays the first boat leaves at 07:40. The crossing takes 14 minutes, two more than before, because the new route passes
south of the sandbank. The old timetable had a boat every 20 minutes at the peak; the port authority counts 310 passengers an hour then.`,
  },
  {
    id: 'ferry-fares',
    title: 'Ferry line 4: fares',
    text: `A single crossing costs 2.40 from 1 December, up from 2.20. Day tickets stay at 6.00 and are now valid on trams as well.
Bicycles travel free outside the peak, and for 1.00 within it. Children under eight travel free. Tickets bought on board cost 0.50 more.
The city pays 41 percent of what the line costs; fares pay 38 percent, and the rest comes from the harbour fund.`,
  },
  {
    id: 'bridge-works',
    title: 'Harbour bridge: order of the works',
    text: `The bearings on the east side are replaced from 12 January to 27 February, those on the west side from 2 March to 17 April.
One lane stays open in each direction, except on four Sundays (18 January, 15 February, 15 March, 12 April), when the bridge is closed
from 01:00 to 13:00. Pedestrians and bicycles use the northern path throughout. Loads of more than 24 tonnes are sent by the ring road.`,
  },
  {
    id: 'bridge-cost',
    title: 'Harbour bridge: cost and contract',
    text: `The contract comes to 7.8 million, of which the region pays 60 percent. The bearings date from 1974 and were to last 40 years.
Inspectors found cracks in 11 of 32 bearings last spring, none of them critical. Each day of delay costs the contractor 15,000.
An earlier estimate of 6.1 million left the drainage out, which was added after the flood of October.`,
  },
  {
    id: 'night-bus-routes',
    title: 'Night buses: trial routes',
    text: `Three lines run on Friday and Saturday nights from 00:30 to 04:30: N1 to the university hospital, N2 to Westfield, N3 along the shore
to the ferry depot. Each line has a bus every 45 minutes, and all three meet at the town hall. The trial lasts from March to August.
It goes on if more than 180 passengers a night use the three lines together.`,
  },
  {
    id: 'night-bus-survey',
    title: 'Night buses: survey among night workers',
    text: `Of 640 night workers that were asked, 58 percent go home by car and 21 percent by taxi that their employer pays. Two in five would
take a bus that runs at least every 30 minutes; at 45 minutes it is one in four. The hospital alone has 420 people whose shift ends between
midnight and two. The unions ask for a stop at the fish market, which none of the three lines passes.`,
  },
];

/** Titles and ids of the notes that have a word in common with the query. */
export function searchArchive(query: string): string {
  const words = query.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  const found = ARCHIVE.filter(({ title }) => words.some((word) => title.toLowerCase().includes(word)));
  return found.map(({ id, title }) => `${id}: ${title}`).join('\n') || 'nothing was found';
}

/** The text of a note, for a model that asks for it. */
export function readNote(id: string): string {
  return ARCHIVE.find((note) => note.id === id)?.text ?? `there is no note '${id}'`;
}
