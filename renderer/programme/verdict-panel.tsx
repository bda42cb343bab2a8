/**
 * "Can it be prescribed today?" as findings. Exports `VerdictPanel({ courseId })`, which app.tsx hands to the chart and the
 * visit, and `VerdictView({ verdict })`, which shows a verdict as it was decided.
 */
import type { ReactNode } from "react";
import type { Instant } from "#shared/calendar.ts";
import { byEditionWords, withoutAnswer } from "#shared/records/words.ts";
import { blocks, type Finding, type Verdict } from "#shared/rules/finding.ts";
import { EDITIONS, editionName } from "#shared/rules/programmes/editions.ts";
import { RULE_NAMES } from "#shared/rules/programmes/edition-words.ts";
import { useApi } from "#renderer/api.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { Icon } from "#renderer/ui/icons.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { Banner, Skeleton, type Status, StatusMark } from "#renderer/ui/status.tsx";
import { PlanList } from "./plan-list.tsx";
import "./verdict.css";

export type VerdictPanelProps = {
  courseId: string;
  /** What is asked: whether the next prescription can be issued, or the last one still be dispensed. */
  question?: "prescribe" | "dispense";
  show?: Show;
};

/**
 * How much is open to the eye: `all`; `brief`, without the findings, where the steps stand beside them; or the `answer` alone,
 * where another question comes first. The rest is folded.
 */
type Show = "all" | "brief" | "answer";

/** The gate of a course, judged now. */
export function VerdictPanel({ courseId, question = "prescribe", show = "all" }: VerdictPanelProps) {
  const judged = useApi("prescribing.judge", { courseId, question });
  if (judged.value) return <VerdictView verdict={judged.value} show={show} />;
  if (judged.loading) return <Skeleton lines={4} label="Judging" />;
  if (judged.refusal?.code === "not-allowed")
    return (
      <Banner status="info">Why it can or cannot be prescribed is shown to nurses and prescribers.</Banner>
    );
  return <RefusalNotice refusal={judged.refusal} />;
}

const QUESTIONS: Record<Verdict["question"], string> = {
  start: "Can treatment start today?",
  prescribe: "Can it be prescribed today?",
  dispense: "May it still be dispensed?",
};

const STATUSES: Record<Finding["status"], { word: string; status: Status }> = {
  unmet: { word: "Not met", status: "stop" },
  unknown: { word: "Not known", status: "unknown" },
  met: { word: "Met", status: "ok" },
  "not-applicable": { word: "Does not apply", status: "none" },
};

/** Yes or no in one sentence, from when or until when, and every rule that was asked, the blocking ones first. */
export function VerdictView(props: { verdict: Verdict; asStored?: boolean; show?: Show }) {
  const { verdict, asStored = false, show = "all" } = props;
  const brief = show !== "all";
  const dates = useDates();
  const yes = verdict.answer === "yes";
  const blocking = [
    ...verdict.findings.filter((one) => one.status === "unmet"),
    ...verdict.findings.filter((one) => one.status === "unknown"),
  ];
  // The verdict's sentence is usually one finding's own. That one stands first, and its sentence is not said twice.
  const lead = blocking.find((one) => verdict.sentence.includes(one.sentence));
  const inTheWay = lead === undefined ? blocking : [lead, ...blocking.filter((one) => one !== lead)];
  const passed = verdict.findings.filter((one) => !blocks(one));
  // What is to be known about the edition itself, such as that nobody has reviewed it, is never folded away.
  const edition = passed.find((one) => one.rule === "edition");

  // Folded findings leave the plan first; else it follows what it answers.
  const plan = verdict.plan ? <PlanList plan={verdict.plan} judgedAt={verdict.judgedAt} /> : null;

  return (
    <section className={`verdict verdict-${verdict.answer}`} aria-label={QUESTIONS[verdict.question]}>
      <h2 className="verdict-question">{QUESTIONS[verdict.question]}</h2>
      <p className="verdict-answer">
        <StatusMark status={yes ? "ok" : "stop"}>{yes ? "Yes" : "No"}</StatusMark>{" "}
        <span>{lead === undefined ? withoutAnswer(verdict.sentence) : lead.sentence}</span>
      </p>
      <Moment word="Opens" at={verdict.opensAt} said={verdict.sentence} more=", if nothing else changes" />
      <Moment word="Closes" at={verdict.closesAt} said={verdict.sentence} />
      <Folded when={show === "answer"} summary={yes ? "What it rests on" : "Why, and what would make it yes"}>
        {brief && plan}
        {inTheWay.length > 0 && (
          <Folded
            when={brief && inTheWay.length > 1}
            summary={`Why: ${inTheWay.length} rules stand in the way`}
          >
            <FindingList
              findings={inTheWay}
              label="What stands in the way"
              said={lead && { rule: lead.rule, opensAt: verdict.opensAt }}
            />
          </Folded>
        )}
        {!brief && plan}
        {passed.length > 0 && (
          <details className="verdict-passed">
            <summary>{countWords(passed)}</summary>
            <FindingList findings={passed} label="Rules that do not stand in the way" />
          </details>
        )}
      </Folded>
      <p className="verdict-basis">
        {asStored ? "Decided" : "Judged"} {dates.instant(verdict.judgedAt)}
        {byEditionWords(verdict.edition)}. {edition?.sentence} {reminder(verdict)}
      </p>
    </section>
  );
}

function Folded(props: { when: boolean; summary: string; children: ReactNode }) {
  if (!props.when) return props.children;
  return (
    <details className="verdict-passed">
      <summary>{props.summary}</summary>
      <div className="verdict-folded">{props.children}</div>
    </details>
  );
}

/** From when or until when; left out where the verdict's sentence says it already. */
function Moment(props: { word: string; at: Instant | null; said: string; more?: string }) {
  const dates = useDates();
  if (props.at === null || props.said.includes(dates.instant(props.at))) return null;
  return (
    <p className="verdict-time">
      <Icon name="clock" />
      <span>
        {props.word} <strong>{dates.instant(props.at)}</strong>
        {props.more}.
      </span>
    </p>
  );
}

/** Findings, each with sign and word, sentence, the fact it rests on, and its rule, edition and source. */
function FindingList(props: {
  findings: readonly Finding[];
  label: string;
  /** The finding whose sentence, and the moment at which it opens, stand right above the list. */
  said?: { rule: string; opensAt: Instant | null } | undefined;
}) {
  const dates = useDates();
  const { said } = props;
  return (
    <ul className={`findings${said ? " findings-led" : ""}`} aria-label={props.label}>
      {props.findings.map((one) => (
        <li key={one.rule} className="finding">
          <StatusMark status={STATUSES[one.status].status}>{STATUSES[one.status].word}</StatusMark>
          <div>
            {one.rule !== said?.rule && <p>{one.sentence}</p>}
            <p className="finding-datum">
              {[
                one.datum === null ? (blocks(one) ? "Nothing on record." : "") : ended(one.datum),
                one.opensAt === null || (one.rule === said?.rule && one.opensAt === said.opensAt)
                  ? ""
                  : `Opens ${dates.instant(one.opensAt)}.`,
                one.closesAt === null ? "" : `Closes ${dates.instant(one.closesAt)}.`,
              ]
                .filter(Boolean)
                .join(" ")}
            </p>
            <p className="finding-source">
              {[ruleName(one.rule), editionName(one.edition), one.source].filter(Boolean).join(" · ")}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** A rule in words; a decision of a later program may name one that this one does not know. */
function ruleName(rule: string): string {
  return (RULE_NAMES as Readonly<Record<string, string>>)[rule] ?? (rule === "edition" ? "Edition" : rule);
}

/** A fact ends like a sentence, as another follows it. */
function ended(datum: string): string {
  return /[.!?]$/u.test(datum) ? datum : `${datum}.`;
}

function countWords(passed: readonly Finding[]): string {
  const met = passed.filter((one) => one.status === "met").length;
  const beside = passed.length - met;
  const rules = `${met} ${met === 1 ? "rule" : "rules"} met`;
  return beside === 0 ? rules : `${rules}, ${beside} not applicable`;
}

/** Whose word it is in the end: of the programme's own system, where it has one. */
function reminder({ edition }: Verdict): string {
  const table = Object.values(EDITIONS)
    .flat()
    .find((one) => one.id === edition);
  return table?.centralAuthorisation === false
    ? "A reminder: the prescriber decides."
    : "A reminder: the programme’s own system decides.";
}
