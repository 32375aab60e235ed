/**
 * What is looked at of a flow's JSON: that it is JSON, its version, its screens and their ids, that one ends the flow, and
 * that each has a layout. Meta looks at far more; a flow that passes here may still be refused there.
 */
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { isObject, objectOf, objectsIn, textOf } from '../../core/wire-values.ts';
import type { FlowFinding } from './events.ts';

const finding = (error: string, path: string, message: string): FlowFinding => ({ error, path, message });

/** @param text - of `flow.json` */
export function checkFlowJson(text: string): readonly FlowFinding[] {
  const json = read(text);
  if (!isObject(json)) return [finding('INVALID_FLOW_JSON', '', 'The file is no JSON object.')];
  const screens = objectsIn(json['screens']);
  return [
    ...(/^\d+\.\d+$/.test(textOf(json['version']) ?? '')
      ? []
      : [finding('INVALID_PROPERTY_VALUE', 'version', "The version must look like '7.0'.")]),
    ...(screens.length > 0
      ? []
      : [finding('MISSING_PROPERTY', 'screens', 'There must be at least one screen.')]),
    ...screens.flatMap((screen, index) => checkScreen(screen, `screens[${index}]`)),
    ...repeatedIds(screens),
    ...(screens.length === 0 || screens.some(({ terminal }) => terminal === true)
      ? []
      : [finding('MISSING_TERMINAL_SCREEN', 'screens', 'One screen must be terminal.')]),
  ];
}

function read(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function checkScreen(screen: JsonObject, path: string): readonly FlowFinding[] {
  const id = textOf(screen['id']) ?? '';
  const layout = objectOf(screen['layout']);
  return [
    ...(/^[A-Za-z_]+$/.test(id) && id !== 'SUCCESS'
      ? []
      : [
          finding(
            'INVALID_PROPERTY_VALUE',
            `${path}.id`,
            'A screen id has letters and underscores, and is not SUCCESS.',
          ),
        ]),
    ...(layout && objectsIn(layout['children']).every(({ type }) => typeof type === 'string')
      ? []
      : [
          finding(
            'INVALID_PROPERTY_VALUE',
            `${path}.layout`,
            'A screen has a layout, and each of its children a type.',
          ),
        ]),
  ];
}

const repeatedIds = (screens: readonly JsonObject[]): readonly FlowFinding[] =>
  screens.flatMap(({ id }, index) =>
    screens.findIndex((other) => other['id'] === id) < index
      ? [finding('DUPLICATE_SCREEN_ID', `screens[${index}].id`, 'Another screen has that id.')]
      : [],
  );
