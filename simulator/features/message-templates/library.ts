/** Templates that Meta has written: `library_template_name` takes one of them over. */
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { objectsIn, textOf } from '../../core/wire-values.ts';

/**
 * The components of a template from the library.
 *
 * Meta's library has hundreds of texts that nobody published as a list; here every name has one text, with the buttons
 * that were asked for (assumed).
 */
export function libraryComponents(params: JsonObject): readonly JsonObject[] | undefined {
  const name = textOf(params['library_template_name']);
  if (name === undefined) return undefined;
  const inputs = objectsIn(readList(params['library_template_button_inputs']));
  return [
    {
      type: 'BODY',
      text: `Hi {{1}}, this is a note about ${name.replaceAll('_', ' ')} from us.`,
      example: { body_text: [['Ana']] },
    },
    ...(inputs.length > 0 ? [{ type: 'BUTTONS', buttons: inputs.map(toButton) }] : []),
  ];
}

/** The inputs come as a list, or as the text of one. */
function readList(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value.replaceAll("'", '"')) as JsonValue;
  } catch {
    return undefined;
  }
}

function toButton(input: JsonObject): JsonObject {
  const type = textOf(input['type'])?.toUpperCase() ?? 'QUICK_REPLY';
  const url = input['url'] as JsonObject | undefined;
  return {
    type,
    text: type === 'URL' ? 'Visit website' : 'Call us',
    ...(url && { url: textOf(url['base_url']) ?? '', example: [textOf(url['url_suffix_example']) ?? ''] }),
    ...(input['phone_number'] !== undefined && { phone_number: textOf(input['phone_number']) ?? '' }),
  };
}
