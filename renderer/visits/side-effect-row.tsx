import { memo } from "react";
import { gradeWords, isRedFlag, type SideEffectItem } from "#shared/rules/side-effects.ts";
import { Icon } from "#renderer/ui/icons.tsx";
import { GradeCells } from "./grade-cells.tsx";

/** One row; drawn again only when it changes, because there are sixty and every key draws the list. */
export const SideEffectRow = memo(function SideEffectRow(props: {
  item: SideEffectItem;
  /** Its place in the form, or -1. */
  at: number;
  grade: number | null;
  last: number | null;
  tabbable: boolean;
  onReach: (code: string) => void;
  onGrade: (code: string, grade: number | null) => void;
}) {
  const { item, at, grade } = props;
  const flagged = grade !== null && isRedFlag(item.code, grade);
  return (
    <div
      className="side-effect"
      data-code={item.code}
      data-field={at < 0 ? undefined : `sideEffects.${at}`}
      data-state={flagged ? "flag" : grade !== null && grade > 0 ? "present" : undefined}
      onFocus={() => props.onReach(item.code)}
    >
      <span className="side-effect-name">
        {flagged && <Icon name="stop" />} {item.name}
      </span>
      <span className="side-effect-last" title="Last visit">
        {props.last !== null && props.last > 0 && `last ${props.last}`}
      </span>
      <GradeCells
        label={`${item.name}${props.last === null ? "" : `, last visit ${props.last}`}`}
        words={gradeWords}
        value={grade}
        onChange={(next) => props.onGrade(item.code, next)}
        tabbable={props.tabbable}
      />
    </div>
  );
});
