"use client";

import { createContext } from "react";
import type { Problem } from "./form-alert";

/** Whether the form around a button is under way. */
export const PendingContext = createContext(false);

/** What the form around a field came back with; null while nothing is wrong. */
export const ProblemContext = createContext<Problem | null>(null);

/** Closes the dialog around a form that has worked; null where there is none. */
export const CloseContext = createContext<(() => void) | null>(null);
