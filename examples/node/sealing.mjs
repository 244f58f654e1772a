/** Keys and AES-256-GCM on bytes: all that a port to another language has to copy. Needs Node only. */

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

export class KeyringError extends Error {}

/** Read a key file as `{ primary: Map audience → key id, keys: Map key id → 32 bytes }`. */
export function readKeyring(path) {
  refuseIfShared(path);
  let document;
  try {
    document = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new KeyringError(`${path} is not a readable JSON file`);
  }
  if (document?.format !== 'lienthong-keys/1') {
    throw new KeyringError(`${path} is not of the format lienthong-keys/1`);
  }
  return keyringOf(document);
}

/** Id of the key that seals for an audience. */
export function sealingKey(keyring, audience) {
  const keyId = keyring.primary.get(audience);
  if (!keyring.keys.has(keyId)) throw new KeyringError(`no key for "${audience}" in this key file`);
  return keyId;
}

/** Nonce, then ciphertext and tag. The nonce is a parameter for the test vectors alone. */
export function seal(plain, key, nonce = randomBytes(NONCE_BYTES)) {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** What `seal` was given; null if the bytes were damaged or sealed with another key. */
export function open(sealed, key) {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plain = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    return null;
  }
}

function keyringOf({ primary, keys }) {
  const decoded = Object.entries(keys ?? {}).map(([id, key]) => [id, Buffer.from(key, 'base64')]);
  const wrong = decoded.find(([, key]) => key.length !== KEY_BYTES);
  if (wrong) throw new KeyringError(`key ${wrong[0]} is not ${KEY_BYTES} bytes in base64`);
  return { primary: new Map(Object.entries(primary ?? {})), keys: new Map(decoded) };
}

function refuseIfShared(path) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) throw new KeyringError(`no key file at ${path}`);
  if (process.platform !== 'win32' && status.mode & 0o177) {
    throw new KeyringError(`${path} is open to others; run: chmod 600 ${path}`);
  }
}
