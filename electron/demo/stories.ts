/** The demo clinic's patients: one of each state that a clinic meets, and twenty ordinary courses. */
import { cast, ordinary } from "./people.ts";
import { type Stage, Story } from "./story.ts";

/** Tells all stories, in order. */
export async function tellStories(stage: Stage): Promise<void> {
  const of = (name: keyof typeof cast): Story => new Story(stage, cast[name]);

  await of("waitingMonth").prepare(-20);

  await of("waitingOver").prepare(-33);

  const open = await of("windowOpen").prepare(-36);
  await open.test(-2);
  await open.entry(-2, { kind: "counselling", teachBack: "understood" });
  await open.visit(-2, { action: "start", iga: 4, plan: "Start after the pregnancy test.", sign: true });
  await open.entry(-2, { kind: "prescriber-confirmation" });
  await open.entry(-2, { kind: "patient-questions", first: "combined-pill", second: "condom" });

  const closing = await of("windowClosing").treat(-37, 2);
  await closing.test(-6);
  await closing.entry(-6, { kind: "counselling", teachBack: "understood" });
  await closing.visit(-6, { aimMgPerKg: 0.8, iga: 2, plan: "Go on." });
  await closing.entry(-6, { kind: "prescriber-confirmation" });
  await closing.entry(-6, { kind: "patient-questions", first: "combined-pill", second: "condom" });
  await closing.prescribe(-6, 0.8);

  const missed = await of("windowMissed").prepare(-45);
  await missed.test(-9);
  await missed.entry(-9, { kind: "counselling", teachBack: "understood" });
  await missed.visit(-9, { action: "start", iga: 4 });
  await missed.entry(-9, { kind: "prescriber-confirmation" });

  // What the programme's own site shows is not what was recorded here: the pick-up two days later, and no questions.
  const visitToday = await of("visitToday").treat(-30, 3);
  await visitToday.entry(-1, {
    kind: "programme-site",
    status: "dispensed",
    category: "can",
    testOn: visitToday.on(-30),
    confirmedOn: visitToday.on(-30),
    questionsOn: null,
    doNotDispenseAfter: visitToday.on(-24),
    dispensedOn: visitToday.on(-27),
    daysDispensed: 30,
  });

  const questions = await of("questionsMissing").treat(-32, 2);
  await questions.test(-1);
  await questions.entry(-1, { kind: "counselling", teachBack: "understood" });
  await questions.visit(-1, {
    aimMgPerKg: 0.8,
    iga: 3,
    sideEffects: [{ code: "cheilitis", grade: 2, onset: null, note: "Balm hourly" }],
  });
  await questions.entry(-1, { kind: "prescriber-confirmation" });

  const lipids = await of("highTriglycerides").treat(-33, 3);
  await lipids.results(-1, { alt: 48, ast: 39, triglycerides: 624 });

  const hold = await of("onHold").treat(-50, 2);
  await hold.results(-15, { alt: 168, ast: 121, triglycerides: 171 });
  await hold.visit(-14, {
    action: "hold",
    iga: 2,
    labs: [],
    plan: "On hold. Repeat liver tests in two weeks, no alcohol, no weight lifting.",
    nextVisitOn: hold.on(0),
  });

  const positive = await of("positiveTest").treat(-31, 2);
  await positive.test(-1, { result: "positive" });

  const post = await of("postTreatment").treat(-65, 5);
  await post.entry(-34, { kind: "last-dose" });
  await post.test(-34);
  await post.visit(-34, {
    action: "stop",
    iga: 0,
    plan: "Course complete. Pregnancy test one month after the last dose.",
  });

  const relapse = await of("relapse").treat(-520, 5);
  await relapse.visit(-489, { action: "stop", iga: 1, plan: "Clear. Maintenance with adapalene." });
  await relapse.entry(-489, { kind: "last-dose" });
  await relapse.end(-489, { reason: "completed", note: "" });
  await relapse.openCourse(-10, {
    indication: "relapse",
    igaAtStart: 3,
    earlierIsotretinoin: { taken: "yes", totalMg: null, endedOn: relapse.on(-489) },
    targetMgPerKg: 150,
  });
  await relapse.enrol(-10);
  await relapse.visit(-10, {
    action: "not-yet",
    iga: 3,
    labs: relapse.labs(-10, { alt: 24, ast: 26, triglycerides: 96 }),
  });

  const mood = await of("moodAlert").treat(-32, 2);
  await mood.visit(-1, {
    aimMgPerKg: 0.8,
    iga: 3,
    mood: {
      items: [2, 2, 1, 2, 1, 1, 1, 0, 1],
      note: "Talked at length; safe tonight; mother informed with his consent.",
    },
    sideEffects: [{ code: "low-mood", grade: 2, onset: mood.on(-14), note: "" }],
    plan: "Referral to adolescent psychiatry today; call tomorrow.",
    sign: false,
  });

  await of("referred").register(0);

  const incomplete = await of("incomplete").register(-3);
  await incomplete.openCourse(-3, { category: "open" });

  await of("minor").treat(-29, 4);

  const home = await of("homeTest").treat(-32, 3);
  await home.entry(-2, { kind: "home-test-permission", given: true });
  await home.entry(-2, { kind: "home-test-code", code: "HXX-APW" });
  await home.test(-1, {
    setting: "home",
    readBy: "Patient; photo seen",
    home: {
      kitBrand: "First Answer",
      kitLot: "FA 2207",
      kitExpiry: home.on(400),
      challengeCode: "HXX-APW",
      readAt: "09:22",
      verifiedBy: "R. Castellanos",
    },
  });

  const abstinent = await of("abstinent").register(-12);
  await abstinent.openCourse(-12);
  await abstinent.enrol(-12);
  await abstinent.test(-12);
  await abstinent.entry(-12, { kind: "contraception", first: "abstinence", second: null });
  await abstinent.entry(-5, { kind: "menstruation", cycle: "regular" });

  const finished = await of("finished").treat(-80, 6);
  await finished.visit(-49, { action: "stop", iga: 0, plan: "Clear. Course complete." });
  await finished.entry(-49, { kind: "last-dose" });
  await finished.end(-49, { reason: "completed", note: "" });

  const unsigned = await of("unsigned").treat(-31, 2);
  await unsigned.visit(0, {
    aimMgPerKg: 0.8,
    iga: 3,
    sign: false,
    labs: unsigned.labs(0, { alt: 31, ast: 34, triglycerides: 141 }),
  });

  for (const [index, person] of ordinary.entries())
    await new Story(stage, person).treat(-3 - ((index * 7) % 29), 1 + (index % 6));

  // Treated by the rules of the United Kingdom, and due again.
  await of("abroad").treat(-29, 2, { programme: "mhra", productId: "roaccutane" });
}
