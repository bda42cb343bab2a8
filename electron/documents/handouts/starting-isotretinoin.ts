/**
 * "Starting isotretinoin". Our own words. Facts: domain facts 4 (food, two doses, missed dose, swallowing, second courses),
 * 5.1 (side effects and red flags), 5.3 (crisis line), 6.1 (what not to take; 36 hours without alcohol; waxing and laser),
 * 1.4 rows 14 and 15 (no blood donation, no sharing), and the product's own list of facts (first weeks, 8 to 12 weeks, 85 to 90 of 100,
 * semen, licensed pharmacy). Reading level: domain facts 7.5.
 */
import type { HandoutText } from "./handout-text.ts";

export const startingIsotretinoin: HandoutText = {
  id: "starting-isotretinoin",
  title: "Starting isotretinoin",
  lead: "Isotretinoin is a strong drug for bad acne. It helps most people a lot. It also needs care. This paper tells you how to take it well and when to call us.",
  facts: ["dose", "product", "next-visit", "pick-up"],
  sections: [
    {
      title: "How to take it",
      items: [
        "Take it with food. A meal with some fat helps it work.",
        "Split the day’s dose in two: one part in the morning, one in the evening.",
        "Swallow each capsule whole, with a full glass of water. Do not chew or open it.",
        "Did you miss a dose? Skip it if the next one is near. Never take two at once.",
        "Stay with the same brand and strength. If capsules look different, ask before you take them.",
      ],
    },
    {
      title: "What to expect",
      words: [
        "Your skin may get worse in the first weeks. This is common. Do not give up.",
        "Most people look better after 8 to 12 weeks. A full course often takes 4 to 6 months. About 85 to 90 of 100 people get clear or almost clear skin.",
        "Acne can come back. If so, call us. A new course can start after 8 weeks off at the soonest.",
      ],
    },
    {
      title: "Look after your skin and eyes",
      words: ["Almost everybody gets dry lips and dry skin. Your nose may bleed and your hands may peel."],
      items: [
        "Use lip balm many times a day. Start on day one.",
        "Wash with a mild soap. Use a plain skin cream on face and hands.",
        "Your skin burns fast. Use sunscreen each day. No tanning beds.",
        "Dry eyes? Use eye drops. You may need to wear glasses in place of contacts.",
        "You may see less well in the dark. Take care when you drive at night.",
      ],
    },
    {
      title: "Look after your body",
      items: [
        "Muscles and joints may ache. Do less heavy lifting and hard sport.",
        "Drink no alcohol. With this drug it strains your liver and raises the fats in your blood.",
        "Come to each blood test. It checks your liver and blood fats. No alcohol for 36 hours before.",
        "No waxing, skin peels or laser now, nor for 6 months after.",
        "Keep your capsules in a safe place, away from heat and from children.",
      ],
    },
    {
      title: "Do not mix it with these",
      words: ["Tell us all the pills, creams and plant products that you use. Ask before you add one."],
      items: [
        "Vitamin A, alone or in a strong multivitamin. The two add up.",
        "Tetracycline antibiotics such as doxycycline or minocycline. The two together can raise the pressure in your head.",
        "Other acne pills or creams, if we did not agree on them.",
        "Steroid pills, or drugs for fits, before you talk to us.",
        "St. John’s wort. It can make birth control fail.",
      ],
    },
    {
      title: "Keep others safe",
      items: [
        "Never share your capsules. They can badly harm an unborn baby.",
        "Do not give blood now, nor for 1 month after. It could reach someone who is pregnant.",
        "Buy only from a licensed pharmacy. Web shops may sell fakes.",
        "Can you get pregnant? Then read our second paper too. Do not start before we say so.",
        "For men: small traces get into semen. No harm to a baby is known from this. Ask us if your partner is or may get pregnant.",
      ],
    },
    {
      title: "Your mood matters",
      words: [
        "Some people feel sad, angry or not like themselves. It may come from the drug, from acne, or from life. Tell us early. Ask your family to watch for it too.",
        "Do you think of hurting yourself? Stop the drug. Get help right now. The numbers are below.",
      ],
    },
    {
      title: "Stop the capsules and call us at once",
      warning: true,
      items: [
        "A very bad headache, with vomiting or blurred sight.",
        "Strong belly pain, bad loose stools, or blood in your stool.",
        "Yellow skin or eyes, or dark urine.",
        "A bad rash, blisters, or a swollen face.",
        "You may be pregnant, you hear less well, or your muscles get weak.",
      ],
    },
  ],
};
