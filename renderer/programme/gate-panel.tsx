import { blocks, type Finding, type Verdict } from "#shared/rules/finding.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { Icon, type IconName } from "#renderer/ui/icons.tsx";
import "./gate-panel.css";

const questions: Record<Verdict["question"], string> = {
  start: "Can treatment start today?",
  prescribe: "Can it be prescribed today?",
  dispense: "Can it be dispensed today?",
};

const statuses: Record<Finding["status"], { word: string; icon: IconName; tone: string }> = {
  unmet: { word: "Not met", icon: "cross", tone: "stop" },
  unknown: { word: "Not known", icon: "question", tone: "warning" },
  met: { word: "Met", icon: "check", tone: "good" },
  "not-applicable": { word: "Does not apply", icon: "dash", tone: "neutral" },
};

/** The gate: yes or no in one sentence, from when or until when, and every rule that was asked, the blocking ones first. */
export function GatePanel(props: { verdict: Verdict; level?: 2 | 3 }) {
  const { verdict } = props;
  const dates = useDates();
  const Heading = props.level === 3 ? "h3" : "h2";
  const yes = verdict.answer === "yes";
  const inTheWay = [
    ...verdict.findings.filter((one) => one.status === "unmet"),
    ...verdict.findings.filter((one) => one.status === "unknown"),
  ];
  const passed = verdict.findings.filter((one) => !blocks(one));
  const met = passed.filter((one) => one.status === "met").length;
  const beside = passed.length - met;

  return (
    <section className={`gate gate-${verdict.answer}`} aria-label={questions[verdict.question]}>
      <Heading className="gate-question">{questions[verdict.question]}</Heading>
      <p className="gate-answer">
        <span className={`gate-word tone-${yes ? "good" : "stop"}`}>
          <Icon name={yes ? "check" : "stop"} /> {yes ? "Yes" : "No"}
        </span>
        <span className="gate-sentence">{withoutAnswer(verdict.sentence)}</span>
      </p>
      {verdict.opensAt !== null && (
        <p className="gate-time">
          <Icon name="clock" /> From <strong>{dates.instant(verdict.opensAt)}</strong>, if nothing else
          changes.
        </p>
      )}
      {verdict.closesAt !== null && (
        <p className="gate-time">
          <Icon name="clock" /> Until <strong>{dates.instant(verdict.closesAt)}</strong>.
        </p>
      )}
      {inTheWay.length > 0 && <FindingList findings={inTheWay} label="What stands in the way" />}
      {passed.length > 0 && (
        <details className="gate-passed">
          <summary>{countWords(met, beside)}</summary>
          <FindingList findings={passed} label="Rules that do not stand in the way" />
        </details>
      )}
      <p className="gate-edition">
        Rules: {verdict.edition}. Judged {dates.instant(verdict.judgedAt)}. It records and reminds; the
        programme&apos;s own system decides.
      </p>
    </section>
  );
}

/** Findings, each with sign and word, sentence, fact and source. */
export function FindingList(props: { findings: readonly Finding[]; label: string }) {
  const dates = useDates();
  return (
    <ul className="findings" aria-label={props.label}>
      {props.findings.map((one) => {
        const status = statuses[one.status];
        return (
          <li key={one.rule} className="finding">
            <span className={`finding-status tone-${status.tone}`}>
              <Icon name={status.icon} /> {status.word}
            </span>
            <div>
              <p className="finding-sentence">{one.sentence}</p>
              <p className="finding-basis">
                {one.datum ?? (blocks(one) ? "Nothing on record." : "")}
                {one.opensAt !== null && ` Opens ${dates.instant(one.opensAt)}.`}
                {one.closesAt !== null && ` Closes ${dates.instant(one.closesAt)}.`}
              </p>
              <p className="finding-source">
                {one.rule} · {one.edition} · {one.source}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** The verdict's sentence may begin with its answer, which stands before it already. */
function withoutAnswer(sentence: string): string {
  const rest = sentence.replace(/^(Yes|No)[:,.]\s*/u, "");
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

function countWords(met: number, beside: number): string {
  const rules = `${met} ${met === 1 ? "rule" : "rules"} met`;
  return beside === 0 ? rules : `${rules}, ${beside} not applicable`;
}
