/** Which record is open and who is in. The keeper does it; these only name it. */
import type { Handlers } from "./handler.ts";

export const sessionHandlers: Handlers<"session"> = {
  "session.status": ({ keeper }) => keeper.status(),
  "session.wait": ({ keeper, input }) => keeper.wait(input.version),
  "session.createRecord": ({ keeper, input }) => keeper.create(input),
  "session.openRecord": ({ keeper, input }) => keeper.choose(input.folder),
  "session.openDemo": ({ keeper }) => keeper.openDemo(),
  "session.closeRecord": ({ keeper }) => keeper.closeRecord(),
  "session.chooseFolder": async ({ desk, input }) => ({ folder: await desk.chooseFolder(input.purpose) }),
  "session.signIn": ({ keeper, input }) => keeper.signIn(input.login, input.password),
  "session.unlock": ({ keeper, input }) => keeper.unlock(input.password),
  "session.lock": ({ keeper }) => keeper.lock("asked"),
  "session.signOut": ({ keeper }) => keeper.signOut(),
  "session.recover": ({ keeper, input }) => keeper.recover(input),
  "session.setColorScheme": ({ keeper, input }) => keeper.setColorScheme(input.colorScheme),
  "session.setTodayFilter": ({ keeper, input }) => keeper.setTodayFilter(input),
  "session.active": ({ keeper }) => {
    keeper.active();
    return {};
  },
  "session.changePassword": async ({ keeper, input }) => {
    await keeper.changePassword(input.password, input.newPassword);
    return {};
  },
};
