/** Start a birth case from a declaration, wait for its report and print it. */

import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { Client, Connection } from '@temporalio/client';

import { SealingCodec } from './codec.mjs';
import { KeyringError, readKeyring } from './sealing.mjs';

const USAGE = 'usage: node start-birth.mjs DECLARATION.json [--plain] [--keys FILE]';
const OK = 0;
const NOT_COMPLETED = 1;
const WRONG_USAGE = 2;

class UsageError extends Error {}

/** The id that makes the same birth the same case; without a notice any unique id will do. */
function caseIdOf(declaration) {
  const number = declaration?.notice?.number;
  return typeof number === 'string'
    ? `birth/${number.trim().toUpperCase().replace(/[^0-9A-Z.]/gu, '-')}`
    : `birth/x-${randomUUID()}`;
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { plain: { type: 'boolean', default: false }, keys: { type: 'string' } },
  });
  if (positionals.length !== 1) throw new UsageError('one declaration file is wanted');
  return { file: positionals[0], ...values };
}

function readDeclaration(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read as JSON (${error.code ?? error.name})`);
  }
}

/** Reports are always sealed, so even a plain start needs the key file to read its report. */
function dataConverter({ plain, keys }) {
  const local = fileURLToPath(new URL('../../.lienthong/keys.json', import.meta.url));
  const codec = new SealingCodec(readKeyring(keys ?? process.env.LIENTHONG_KEYS ?? local));
  const opening = {
    encode: async (payloads) => payloads,
    decode: (payloads) => codec.decode(payloads),
  };
  return { payloadCodecs: [plain ? opening : codec] };
}

async function run(declaration, converter) {
  const address = process.env.TEMPORAL_ADDRESS ?? '127.0.0.1:7233';
  const connection = await Connection.connect({ address });
  try {
    const namespace = process.env.TEMPORAL_NAMESPACE ?? 'default';
    const client = new Client({ connection, namespace, dataConverter: converter });
    const handle = await client.workflow.start('BirthGroup', {
      args: [declaration],
      taskQueue: 'cases',
      workflowId: caseIdOf(declaration),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    console.error(`started ${handle.workflowId}`);
    return await handle.result();
  } finally {
    await connection.close();
  }
}

async function main() {
  const options = readArguments();
  const report = await run(readDeclaration(options.file), dataConverter(options));
  console.log(JSON.stringify(report, null, 2));
  return report?.state === 'completed' ? OK : NOT_COMPLETED;
}

function explain(error) {
  const ours = error instanceof UsageError || error instanceof KeyringError;
  if (ours || error.code?.startsWith('ERR_PARSE_ARGS')) {
    console.error(`${error.message}\n${USAGE}`);
    return WRONG_USAGE;
  }
  console.error(`the case has no report: ${error.cause?.message ?? error.message}`);
  return NOT_COMPLETED;
}

process.exitCode = await main().catch(explain);
