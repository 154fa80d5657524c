/** What the models of the demo say about one subject. */
export interface Lines {
  query: string;
  findings: { question: string; note: string; finding: string }[];
  draft: string;
  title: { headline: string; place: string };
}

/** By a word of the subject. */
export const LINES: Readonly<Record<string, Lines>> = {
  ferry: {
    query: 'ferry timetable and fares',
    findings: [
      {
        question: 'When do the boats of line 4 leave from December on?',
        note: 'ferry-times',
        finding: `From 1 December boats leave Northquay every 30 minutes between 06:10 and 20:40, and hourly until 23:40 [ferry-times].
Mill Island is served on request, by the button on the pier [ferry-times].`,
      },
      {
        question: 'What does a crossing on line 4 cost this winter?',
        note: 'ferry-fares',
        finding: `A single crossing costs 2.40 from 1 December, up from 2.20; the day ticket stays at 6.00 and is now valid on trams too
[ferry-fares]. On board a ticket costs 0.50 more [ferry-fares].`,
      },
    ],
    draft: `From 1 December boats of line 4 leave Northquay every 30 minutes between 06:10 and 20:40, and once an hour until 23:40.
Until now there was one every 20 minutes at the peak. Who wants to get on at Mill Island presses the button on the pier, at least five
minutes before. A single crossing costs 2.40 then, up from 2.20. The day ticket stays at 6.00 and is valid on trams as well, which makes it
the better buy for anyone who changes. Tickets are dearer on board, by 0.50.`,
    title: { headline: 'Line 4: fewer boats, dearer tickets from December', place: 'Northquay' },
  },
  bridge: {
    query: 'harbour bridge works',
    findings: [
      {
        question: 'On which days is the harbour bridge closed?',
        note: 'bridge-works',
        finding: `The bridge is closed from 01:00 to 13:00 on four Sundays: 18 January, 15 February, 15 March and 12 April [bridge-works].
Otherwise one lane stays open in each direction, and the northern path throughout [bridge-works].`,
      },
      {
        question: 'Who pays for the new bearings of the bridge?',
        note: 'bridge-cost',
        finding: `The contract comes to 7.8 million, of which the region pays 60 percent [bridge-cost].
Last spring inspectors found cracks in 11 of 32 bearings, none of them critical [bridge-cost].`,
      },
    ],
    draft: `The harbour bridge gets new bearings: on the east side from 12 January to 27 February, on the west side from 2 March to
17 April. One lane stays open in each direction. On four Sundays, 18 January, 15 February, 15 March and 12 April, it is closed from 01:00
to 13:00; those who walk or cycle can use the northern path at all times. The contract comes to 7.8 million, and the region pays 60
percent of it. Inspectors had found cracks in 11 of 32 bearings, none of them critical.`,
    title: { headline: 'Harbour bridge closes on four Sunday mornings', place: 'Harbour bridge' },
  },
  buses: {
    query: 'night buses trial',
    findings: [
      {
        question: 'Where do the night buses go, and how often?',
        note: 'night-bus-routes',
        finding: `Three lines run on Friday and Saturday nights from 00:30 to 04:30, each every 45 minutes: to the hospital, to Westfield and along
the shore [night-bus-routes]. The trial goes on after August if more than 180 passengers a night use them [night-bus-routes].`,
      },
      {
        question: 'How many night workers would take the bus?',
        note: 'night-bus-survey',
        finding: `In a survey of 640 night workers one in four said they would take a bus every 45 minutes, and two in five one every 30 minutes
[night-bus-survey]. The unions ask for a stop at the fish market [night-bus-survey].`,
      },
    ],
    draft: `Three night buses run on Fridays and Saturdays from March to August, between 00:30 and 04:30: N1 to the university hospital, N2 to
Westfield, N3 along the shore to the ferry depot. Each comes every 45 minutes, and all three meet at the town hall. The trial goes on if more
than 180 passengers a night use them. In a survey of 640 night workers one in four said that they would, and two in five if there were a bus
every 30 minutes. The unions ask for a stop at the fish market as well.`,
    title: { headline: 'Night buses from March, on trial', place: 'Town hall' },
  },
};

/** What the strictest editor finds wanting, over and over again. */
export const DEMANDS: readonly string[] = [
  'Say from which day on the boats leave less often.',
  'Replace "many are unhappy" by who said what, or leave it out.',
  'Give both fares, the old one and the new one.',
  'The button is on the pier: say how long before the boat it has to be pressed.',
  'The last sentence is an opinion of the authority and reads like one of ours.',
  'Begin with what changes for the reader, and not with the line.',
];

/** What the rewritten brief says, whatever was demanded. */
export const REVISION = `From 1 December the boats of line 4 leave every 30 minutes, and once an hour after 20:40. People on Mill Island press the
button on the pier at least five minutes before the boat. A crossing costs 2.40, up from 2.20. The port authority counts 310
passengers an hour at the peak, and expects that they all find a seat.`;
