// Against a running server: PPE_TARGET says where, PPE_MODEL names a .tflite file, PPE_EXPECTED the
// answers of ./ppe estimate --format json for it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after } from 'node:test';
import { connect, estimate, estimateFile, estimateStream } from './ppe.mjs';

const { PPE_TARGET, PPE_MODEL, PPE_EXPECTED } = process.env;
const client = connect(PPE_TARGET);
const expected = JSON.parse(readFileSync(PPE_EXPECTED, 'utf8'));
after(() => client.close());

test('a file costs what the command says', async () => {
  const answer = await estimateFile(client, PPE_MODEL);
  assert.equal(answer.graphHash, expected.graphHash);
  assert.equal(answer.latencyUs, expected.latencyUs);
  assert.equal(answer.cycles, Number(expected.cycles));
  assert.equal(answer.energyUj, expected.energyUj);
  assert.equal(answer.layers.length, expected.layers.length);
});

test('in a stream a bad request fails alone', async () => {
  const tflite = readFileSync(PPE_MODEL);
  const requests = Array.from({ length: 50 }, (_, i) => ({
    tflite: i === 7 ? Buffer.from('rubbish') : tflite,
    detail: 'DETAIL_SUMMARY',
  }));
  const outcomes = new Map();
  for await (const outcome of estimateStream(client, requests, 8)) {
    assert.ok(!outcomes.has(outcome.id));
    outcomes.set(outcome.id, outcome);
  }
  assert.equal(outcomes.size, 50);
  for (const { id, response, error } of outcomes.values()) {
    if (id === 7) {
      assert.equal(error.code, 3);
    } else {
      assert.equal(response.cycles, Number(expected.cycles));
    }
  }
});

test('an unknown accelerator is named', async () => {
  await assert.rejects(
    estimate(client, { tflite: readFileSync(PPE_MODEL), acceleratorName: 'no-such' }),
    /no-such/,
  );
});
