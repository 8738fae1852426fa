/** The desk of the terminal, and of all that was given to no other. */
export const HOUSE_DESK = "main";
