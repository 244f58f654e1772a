/** A Temporal PayloadCodec that seals for one audience and opens whatever its key file can. */

import proto from '@temporalio/proto';

import { open, seal, sealingKey } from './sealing.mjs';

const { Payload } = proto.temporal.api.common.v1;

const ENCODING = 'encoding';
const KEY_ID = 'encryption-key-id';
const SEALED = 'binary/encrypted';

export class SealingCodec {
  #keyring;
  #keyId;

  constructor(keyring, audience = 'cases') {
    this.#keyring = keyring;
    this.#keyId = sealingKey(keyring, audience);
  }

  /** Seal each payload; one that is sealed already passes unchanged. */
  async encode(payloads) {
    return payloads.map((payload) => (isSealed(payload) ? payload : this.#sealed(payload)));
  }

  /** Open each payload there is a key for; any other is handed on as it came. */
  async decode(payloads) {
    return payloads.map((payload) => (isSealed(payload) ? this.#opened(payload) : payload));
  }

  #sealed(payload) {
    const key = this.#keyring.keys.get(this.#keyId);
    return {
      metadata: { [ENCODING]: Buffer.from(SEALED), [KEY_ID]: Buffer.from(this.#keyId) },
      data: seal(Payload.encode(payload).finish(), key),
    };
  }

  #opened(payload) {
    const key = this.#keyring.keys.get(text(payload.metadata[KEY_ID]));
    const plain = key && open(Buffer.from(payload.data ?? []), key);
    return plain ? Payload.decode(plain) : payload;
  }
}

function isSealed({ metadata }) {
  return text(metadata?.[ENCODING]) === SEALED && Boolean(metadata[KEY_ID]);
}

function text(bytes) {
  return bytes && Buffer.from(bytes).toString();
}
