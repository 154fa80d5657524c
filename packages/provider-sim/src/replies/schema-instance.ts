import { asArray, asNumber, asObject, asText, type JsonObject } from '../sim-request.ts';

/** A small value that fits a JSON schema as structured outputs and tools use them: each property, the first of alternatives, one item. */
export function instanceOf(schema: unknown, root: JsonObject = asObject(schema)): unknown {
  const node = asObject(schema);
  const reference = asText(node['$ref']);
  if (reference !== undefined) return instanceOf(resolve(reference, root), root);
  if ('const' in node) return node['const'];
  const [choice] = [...asArray(node['enum']), ...asArray(node['examples'])];
  if (choice !== undefined) return choice;
  const [alternative] = [...asArray(node['anyOf']), ...asArray(node['oneOf']), ...asArray(node['allOf'])];
  if (alternative !== undefined) return instanceOf(alternative, root);
  return ofType(node, root);
}

function ofType(node: JsonObject, root: JsonObject): unknown {
  const [type] = [node['type']].flat();
  switch (type) {
    case 'string':
      return 'word';
    case 'integer':
    case 'number':
      return asNumber(node['minimum']) ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return [instanceOf(node['items'] ?? {}, root)];
    default: {
      const properties = Object.entries(asObject(node['properties']));
      return Object.fromEntries(properties.map(([name, property]) => [name, instanceOf(property, root)]));
    }
  }
}

function resolve(reference: string, root: JsonObject): unknown {
  const path = reference.split('/').slice(1);
  return path.reduce<unknown>((node, step) => asObject(node)[step], root);
}
