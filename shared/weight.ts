/** Pounds and kilograms. Weights are kept in kg; a clinic may type and read pounds. */

/** Kilograms in a pound, by definition. */
export const KG_PER_POUND = 0.45359237;
