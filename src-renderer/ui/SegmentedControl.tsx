import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import './SegmentedControl.css';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Shown after the label. */
  readonly count?: number;
}

export interface SegmentedControlProps<Value extends string> {
  /** For screen readers. */
  readonly label: string;
  readonly segments: readonly Segment<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** As wide as its place; otherwise as wide as its words. */
  readonly isWide?: boolean;
  readonly isDisabled?: boolean;
}

/** Two to four views of the same thing, of which exactly one is shown. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, segments, value, onChange, isWide = false, isDisabled = false } = props;
  return (
    <ToggleButtonGroup
      className="ui-segments"
      data-wide={isWide || undefined}
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      isDisabled={isDisabled}
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const next = [...keys][0] as Value | undefined;
        if (next !== undefined && next !== value) onChange(next);
      }}
    >
      {segments.map((segment) => (
        <ToggleButton key={segment.value} id={segment.value} className="ui-segment">
          {segment.label}
          {segment.count !== undefined && <span data-numeric> {segment.count}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
