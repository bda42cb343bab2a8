import {
  ComboBox as AriaComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from "react-aria-components";
import { Icon } from "./icons.tsx";

/** A field that offers what fits while one types. With `free` any text may stand (a medicine that no list knows). */
export function ComboBox(props: {
  label: string;
  labelHidden?: boolean | undefined;
  /** The text in the field. */
  value: string;
  onChange: (text: string) => void;
  options: readonly { id: string; label: string; note?: string }[];
  /** Called when one of the options is taken. */
  onPick?: (id: string) => void;
  onEnter?: (text: string) => void;
  onBlur?: (() => void) | undefined;
  free?: boolean;
  hint?: string | undefined;
  error?: string | undefined;
  name?: string | undefined;
  placeholder?: string;
  disabled?: boolean | undefined;
  /** Hands over the control, so that a form can bring the focus here. */
  register?: ((element: { focus: () => void } | null) => void) | undefined;
}) {
  return (
    <AriaComboBox
      className="field"
      data-field={props.name}
      inputValue={props.value}
      onInputChange={props.onChange}
      onSelectionChange={(key) => {
        const option = props.options.find((one) => one.id === key);
        if (!option) return;
        props.onChange(option.label);
        props.onPick?.(option.id);
      }}
      allowsCustomValue={props.free ?? false}
      isInvalid={props.error !== undefined}
      isDisabled={props.disabled ?? false}
      validationBehavior="aria"
      items={props.options}
    >
      <Label className={props.labelHidden ? "for-readers" : "field-label"}>{props.label}</Label>
      {props.hint && (
        <Text slot="description" className="field-hint">
          {props.hint}
        </Text>
      )}
      <Input
        className="input"
        {...(props.register ? { ref: props.register } : {})}
        {...(props.placeholder ? { placeholder: props.placeholder } : {})}
        {...(props.onBlur ? { onBlur: props.onBlur } : {})}
        onKeyDown={(event) => {
          if (event.key === "Enter" && props.onEnter && props.value.trim() !== "") {
            const open = event.currentTarget.getAttribute("aria-activedescendant");
            if (!open) {
              event.preventDefault();
              props.onEnter(props.value);
            }
          }
        }}
      />
      {props.error && (
        <Text slot="errorMessage" className="field-error">
          <Icon name="warning" /> {props.error}
        </Text>
      )}
      <Popover className="popover">
        <ListBox<(typeof props.options)[number]> className="list-box">
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className="list-box-item">
              <span>{option.label}</span>
              {option.note && <span className="list-box-note">{option.note}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
