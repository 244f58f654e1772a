/** The published test vectors, checked by this codec: node --test check-vectors.mjs */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { open, seal } from './sealing.mjs';

const FILE = new URL('../../tests/vectors/payloads.json', import.meta.url);
const vectors = JSON.parse(readFileSync(FILE, 'utf8'));
const keys = new Map(Object.entries(vectors.keys).map(([id, hex]) => [id, fromHex(hex)]));
const codec = await codecIfInstalled();
const skip = codec ? false : 'needs `npm install`: without it only bytes are checked';

for (const vector of vectors.opens) {
  const key = keys.get(vector.key_id);

  test(`opens: ${vector.name}`, () => {
    const plain = open(fromHex(vector.sealed_data), key);

    assert.equal(plain?.toString('hex'), vector.serialized);
  });

  test(`seals to the same bytes: ${vector.name}`, () => {
    const sealed = seal(fromHex(vector.serialized), key, fromHex(vector.nonce));

    assert.equal(sealed.toString('hex'), vector.sealed_data);
  });

  test(`the codec opens the payload: ${vector.name}`, { skip }, async () => {
    const [payload] = await codec.decode([fromProtoJson(vector.sealed)]);

    assert.deepEqual(toProtoJson(payload), toProtoJson(fromProtoJson(vector.payload)));
  });

  if (vector.payload.metadata['encryption-key-id']) continue; // What is sealed is not sealed again.

  test(`the codec opens what it seals: ${vector.name}`, { skip }, async () => {
    const original = fromProtoJson(vector.payload);

    const [again] = await codec.decode(await codec.encode([original]));

    assert.deepEqual(toProtoJson(again), toProtoJson(original));
  });
}

for (const vector of vectors.stays_as_it_is) {
  test(`stays sealed: ${vector.name}`, () => {
    const keyId = Buffer.from(vector.sealed.metadata['encryption-key-id'] ?? '', 'base64');
    const key = keys.get(keyId.toString());

    const plain = key ? open(fromHex(vector.sealed_data), key) : null;

    assert.equal(plain, null);
  });

  test(`the codec hands it on as it came: ${vector.name}`, { skip }, async () => {
    const payload = fromProtoJson(vector.sealed);

    assert.deepEqual(await codec.decode([payload]), [payload]);
  });
}

async function codecIfInstalled() {
  try {
    const { SealingCodec } = await import('./codec.mjs');
    return new SealingCodec({ primary: new Map([['cases', 'cases-1']]), keys });
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

function fromHex(hex) {
  return Buffer.from(hex, 'hex');
}

function fromProtoJson({ metadata = {}, data = '' }) {
  const entries = Object.entries(metadata).map(([k, v]) => [k, Buffer.from(v, 'base64')]);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data, 'base64') };
}

function toProtoJson({ metadata, data }) {
  const entries = Object.entries(metadata).map(([k, v]) => [k, Buffer.from(v).toString('base64')]);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data ?? []).toString('base64') };
}
