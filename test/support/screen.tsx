/** The real screens, in a page without a window, on a real program. */
import { createMemoryHistory } from "@tanstack/react-router";
import { cleanup, render } from "@testing-library/react";
import { userEvent, type UserEvent } from "@testing-library/user-event";
import { App, makeRouter } from "#renderer/app.tsx";
import type { TestProgram } from "./clinic.ts";

export type TestScreen = {
  person: UserEvent;
  /** The address, such as `/patients/new`. */
  address: () => string;
  goTo: (address: string) => Promise<void>;
  /** Closes the page and opens it again at the same address, as a reload does. */
  reload: () => void;
  close: () => void;
};

/** Opens the program's page at an address. */
export function openScreen(program: Pick<TestProgram, "envelope">, address = "/"): TestScreen {
  Object.defineProperty(window, "isochart", {
    configurable: true,
    value: { call: (method: string, input: unknown) => program.envelope(method, input) },
  });
  let router = makeRouter(createMemoryHistory({ initialEntries: [address] }));
  render(<App router={router} />);
  return {
    person: userEvent.setup(),
    address: () => router.state.location.pathname,
    goTo: (to) => router.navigate({ to }),
    reload: () => {
      const here = router.state.location.pathname;
      cleanup();
      router = makeRouter(createMemoryHistory({ initialEntries: [here] }));
      render(<App router={router} />);
    },
    close: cleanup,
  };
}
