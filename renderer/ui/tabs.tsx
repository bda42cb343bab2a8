import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";

/** Tabs inside one screen. Tabs that are addresses of their own (a chart's) are links in a `nav`: see `.tab-links`. */
export function Tabs<I extends string>(props: {
  label: string;
  tabs: readonly { id: I; title: string; panel: ReactNode }[];
  selected?: I;
  onSelect?: (id: I) => void;
}) {
  return (
    <AriaTabs
      className="tabs"
      {...(props.selected === undefined ? {} : { selectedKey: props.selected })}
      onSelectionChange={(key) => {
        const tab = props.tabs.find((one) => one.id === key);
        if (tab) props.onSelect?.(tab.id);
      }}
    >
      <TabList className="tab-links" aria-label={props.label}>
        {props.tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className="tab-link">
            {tab.title}
          </Tab>
        ))}
      </TabList>
      {props.tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="tab-panel">
          {tab.panel}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
