/**
 * "Preventing pregnancy during isotretinoin", as iPLEDGE asks for it. Our own words; nothing is taken from a programme's form or guide. Facts: domain
 * facts 1.4 (two tests, two methods one month before to one month after, monthly test and questions, 7 days of which the day
 * of the test is the first, stop and call), 8 (which methods count), 6.1 (what weakens hormonal methods). Reading level: 7.5.
 */
import type { HandoutText } from "./handout-text.ts";

export const preventingPregnancy: HandoutText = {
  id: "preventing-pregnancy",
  title: "Preventing pregnancy during isotretinoin",
  lead: "Isotretinoin can badly harm an unborn baby, even in a short time. You must not be pregnant when you take it. You must not get pregnant until 1 month after it.",
  facts: ["contraception", "next-test", "pick-up", "next-visit", "protect-until"],
  sections: [
    {
      title: "Before you start",
      items: [
        "You have two tests for pregnancy here or at a lab. Both must be negative.",
        "You use two kinds of birth control for 1 full month.",
        "We do the second test after that month: in the first 5 days of a period, if yours are regular.",
        "You read and sign the papers of the program. If you are under 18, a parent signs too.",
        "Do not take a capsule before we tell you to start.",
      ],
    },
    {
      title: "Use two kinds at the same time",
      words: [
        "Use both each time, from 1 month before to 1 month after. At least one must be from this list:",
      ],
      items: [
        "An implant in the arm, or a coil in the womb (IUD).",
        "The pill with two hormones, the patch or the ring.",
        "The birth control shot.",
        "Tubes that were tied.",
        "A partner who had a vasectomy.",
      ],
    },
    {
      title: "The second kind",
      words: ["The second can come from the first list or from this one:"],
      items: [
        "A latex condom for men.",
        "A diaphragm, with a gel that kills sperm.",
        "A cap, with a gel that kills sperm.",
        "A sponge.",
      ],
    },
    {
      title: "These do not count",
      items: [
        "The mini-pill with one hormone.",
        "Pulling out.",
        "Counting days.",
        "A condom worn inside, by women.",
        "Breast-feeding. Do not breast-feed on this drug.",
      ],
    },
    {
      title: "Or no sex at all",
      words: [
        "You may choose to have no sex that can make you pregnant. This must be for the whole time, with no break. Tell us at once if this changes.",
      ],
    },
    {
      title: "Each month",
      items: [
        "Come to your visit and have a test for pregnancy.",
        "Answer the questions of the program. Name the same two kinds that you told us.",
        "Pick up your capsules within 7 days. The day of your test is day 1.",
        "If you are too late, the pharmacy cannot give you the capsules. You then need a new test.",
        "You get capsules for 30 days at most.",
      ],
    },
    {
      title: "What can make birth control fail",
      words: [
        "Tell us each drug or plant product that you take. Some weaken the pill, patch, ring or implant:",
      ],
      items: ["St. John’s wort.", "Some drugs for fits.", "Some drugs for TB or HIV."],
    },
    {
      title: "Stop the capsules and call us at once",
      warning: true,
      items: [
        "You think that you may be pregnant.",
        "Your period is late.",
        "You had sex without both kinds. A pill taken soon after can still help. Call the same day.",
        "You stopped one kind, or it failed.",
        "You want to have a baby.",
      ],
    },
    {
      title: "After the last capsule",
      items: [
        "Go on with both kinds for 1 more month.",
        "Have a test at the end, and one more 1 month later.",
        "Do not give blood in that month.",
        "Give left-over capsules back. Never share them.",
      ],
    },
  ],
};
