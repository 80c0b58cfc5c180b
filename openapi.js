// Writes docs/openapi.json: the operations of the server, with the types that it shares with the page.
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { createGenerator } from 'ts-json-schema-generator';
import { z } from 'zod';

const API = 'assistant/server/api.ts';
const out = 'docs/openapi.json';

/** The operations, by running their module. */
async function load() {
  const outfile = 'dist/operations.js';
  await build({
    entryPoints: ['assistant/server/operations.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  return (await import(pathToFileURL(outfile).href)).operations;
}

/** Schemas of the types of the API, by name; what they refer to stands beside them. */
function schemasOf(names) {
  const schemas = {};
  for (const type of names) {
    const { definitions } = createGenerator({
      path: API,
      tsconfig: 'tsconfig.json',
      type,
      expose: 'export',
      skipTypeCheck: true,
      additionalProperties: true,
    }).createSchema(type);
    Object.assign(schemas, definitions);
  }
  const text = JSON.stringify(schemas).replaceAll('#/definitions/', '#/components/schemas/');
  // Names of generic types have signs that a component may not have.
  return JSON.parse(
    text.replaceAll(
      /(?<="#\/components\/schemas\/)[^"]+|"(?:[^"\\]*[<>,()|][^"\\]*)"(?=:)/g,
      (name) => decodeURIComponent(name).replaceAll(/[^\w."-]+/g, '_'),
    ),
  );
}

const operations = await load();
const { version, description } = JSON.parse(await readFile('package.json', 'utf8'));
const ref = (name) => ({ $ref: `#/components/schemas/${name}` });
const used = new Set(['ProblemBody']);
const named = (name) => {
  used.add(name);
  return ref(name);
};

function parametersOf({ parameters = {}, query }) {
  const inPath = Object.entries(parameters).map(([name, text]) => ({
    name,
    in: 'path',
    required: true,
    description: text,
    schema: { type: 'string' },
  }));
  if (!query) return inPath;
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' });
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  return [...inPath, ...inQuery];
}

function bodyOf({ body }) {
  if (body === undefined) return {};
  const content =
    typeof body === 'string'
      ? { 'application/json': { schema: named(body) } }
      : {
          'application/x-www-form-urlencoded': {
            schema: {
              type: 'object',
              description: body.form,
              additionalProperties: { type: 'string' },
            },
          },
        };
  return { requestBody: { required: true, content } };
}

function contentOf(response) {
  if ('none' in response) return { description: response.none };
  if ('mediaType' in response) {
    const schema = { type: response.mediaType === 'text/csv' ? 'string' : 'object' };
    return { description: 'Done', content: { [response.mediaType]: { schema } } };
  }
  if ('json' in response) {
    return {
      description: 'Done',
      content: { 'application/json': { schema: named(response.json) } },
    };
  }
  const { json, events } = response.jsonOrEvents;
  return {
    description: 'The answer',
    content: {
      'application/json': { schema: named(json) },
      'text/event-stream': {
        schema: {
          type: 'string',
          description: `Server-sent events. The name of an event is a key of ${events}, its data the value there as JSON.`,
        },
        'x-events': named(events),
      },
    },
  };
}

const reasons = {
  400: 'The request is not of the form that is wanted',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'There is no such thing, or not for this caller',
  413: 'Too long',
  415: 'Not JSON',
  429: 'Too many questions; Retry-After says when',
  503: 'The data, the engine or the issuer cannot be reached',
};
const problem = (status) => ({
  description: reasons[status],
  content: { 'application/problem+json': { schema: ref('ProblemBody') } },
});

const paths = {};
for (const operation of operations) {
  const { method, path, summary, responses, problems = [], signedIn } = operation;
  const statuses = [...problems, ...(signedIn ? [401, 403] : []), 503].sort();
  paths[path] = {
    ...paths[path],
    [method]: {
      summary,
      operationId: `${method}${path.replaceAll(/[^a-z0-9]+(.)?/gi, (_, c = '') => c.toUpperCase())}`,
      ...(signedIn ? {} : { security: [] }),
      parameters: parametersOf(operation),
      ...bodyOf(operation),
      responses: {
        ...Object.fromEntries(
          Object.entries(responses).map(([status, response]) => [status, contentOf(response)]),
        ),
        ...Object.fromEntries(statuses.map((status) => [status, problem(status)])),
      },
    },
  };
}

const document = {
  openapi: '3.1.1',
  info: { title: 'KMS Insights', version, description },
  security: [{ session: [] }, { bearer: [] }],
  paths,
  components: {
    securitySchemes: {
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: '__Host-kms-insights',
        description: 'Of the page, after signing in. A server on loopback asks for none.',
      },
      bearer: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'A token of the issuer for this client.',
      },
    },
    schemas: schemasOf([...used].sort()),
  },
};
const text = `${JSON.stringify(document, null, 2)}\n`;
if (process.argv.includes('--check')) {
  if ((await readFile(out, 'utf8')) !== text) {
    console.error(`${out} is not of this code: run npm run docs.`);
    process.exitCode = 1;
  }
} else {
  await writeFile(out, text);
}
