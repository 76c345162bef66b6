// What the client does with replicas that are overloaded or go away: servers of this process that
// behave as a test wants.
import assert from 'node:assert/strict';
import test from 'node:test';
import grpc from '@grpc/grpc-js';
import { connect, estimate, estimateStream } from './ppe.mjs';

async function against(behaviour, work) {
  const { service } = connect('localhost:1').constructor;
  const server = new grpc.Server();
  server.addService(service, behaviour);
  const port = await new Promise((bound, failed) =>
    server.bindAsync('localhost:0', grpc.ServerCredentials.createInsecure(), (error, free) =>
      error ? failed(error) : bound(free),
    ),
  );
  const client = connect(`localhost:${port}`);
  try {
    await work(client);
  } finally {
    client.close();
    server.forceShutdown();
  }
}

function varint(value) {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}

/** google.rpc.Status with a RetryInfo of so many milliseconds. */
function busy(millis) {
  const delay = [1 << 3, ...varint(Math.floor(millis / 1000))];
  delay.push(2 << 3, ...varint((millis % 1000) * 1_000_000));
  const field = (number, bytes) => [(number << 3) | 2, bytes.length, ...bytes];
  const info = field(1, delay);
  const any = [
    ...field(1, Buffer.from('type.googleapis.com/google.rpc.RetryInfo')),
    ...field(2, info),
  ];
  const metadata = new grpc.Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from([8, 8, ...field(3, any)]));
  return { code: grpc.status.RESOURCE_EXHAUSTED, details: 'busy', metadata };
}

test('an overloaded replica is asked again after the pause it wants', async () => {
  let calls = 0;
  const behaviour = {
    estimate: (call, answer) => (++calls <= 2 ? answer(busy(5)) : answer(null, { cycles: 42 })),
  };
  await against(behaviour, async (client) => {
    assert.equal((await estimate(client, {})).cycles, 42);
  });
  assert.equal(calls, 3);
});

test('a pause beyond the deadline is not waited for', async () => {
  let calls = 0;
  const behaviour = { estimate: (call, answer) => (calls++, answer(busy(61_000))) };
  await against(behaviour, async (client) => {
    await assert.rejects(estimate(client, {}, 60), { code: grpc.status.RESOURCE_EXHAUSTED });
  });
  assert.equal(calls, 1);
});

test('what is too large is not asked again', async () => {
  let calls = 0;
  const behaviour = {
    estimate: (call, answer) => {
      calls++;
      answer({ code: grpc.status.RESOURCE_EXHAUSTED, details: 'too large' });
    },
  };
  await against(behaviour, async (client) => {
    await assert.rejects(estimate(client, {}), /too large/);
  });
  assert.equal(calls, 1);
});

test('what a lost stream has not answered is sent again', async () => {
  let streams = 0;
  const behaviour = {
    estimateStream: (call) => {
      const dies = ++streams <= 2;
      let answers = 0;
      call.on('data', ({ id }) => {
        if (dies && ++answers > 5) {
          call.emit('error', { code: grpc.status.UNAVAILABLE, details: 'shutting down' });
        } else {
          call.write({ id, response: { cycles: 42 } });
        }
      });
      call.on('end', () => call.end());
    },
  };
  const requests = Array.from({ length: 40 }, () => ({}));
  const ids = [];
  await against(behaviour, async (client) => {
    for await (const { id, response } of estimateStream(client, requests, 4)) {
      assert.equal(response.cycles, 42);
      ids.push(id);
    }
  });
  assert.deepEqual(
    ids.sort((a, b) => a - b),
    requests.map((_, i) => i),
  );
  assert.equal(streams, 3);
});

test('what an overloaded replica refuses in a stream is sent again after the pause', async () => {
  const refused = new Set();
  const behaviour = {
    estimateStream: (call) => {
      call.on('data', ({ id }) => {
        if (Number(id) % 3 === 2 && !refused.has(id)) {
          refused.add(id);
          const error = { code: 8, message: 'busy', retryDelay: { seconds: 0, nanos: 5_000_000 } };
          call.write({ id, error });
        } else {
          call.write({ id, response: { cycles: 42 } });
        }
      });
      call.on('end', () => call.end());
    },
  };
  const ids = [];
  await against(behaviour, async (client) => {
    for await (const { id, response } of estimateStream(client, Array(12).fill({}), 4)) {
      assert.equal(response?.cycles, 42);
      ids.push(id);
    }
  });
  assert.equal(refused.size, 4);
  assert.equal(new Set(ids).size, 12);
  assert.equal(ids.length, 12);
});

test('a refusal in a stream beyond the deadline is its outcome', async () => {
  const error = { code: 8, message: 'busy', retryDelay: { seconds: 61, nanos: 0 } };
  const behaviour = {
    estimateStream: (call) => {
      call.on('data', ({ id }) => call.write({ id, error }));
      call.on('end', () => call.end());
    },
  };
  await against(behaviour, async (client) => {
    for await (const outcome of estimateStream(client, [{}], 4)) {
      assert.equal(outcome.error.message, 'busy');
    }
  });
});

test('a stream without answers has an end', async () => {
  await against({ estimateStream: (call) => call.on('error', () => {}) }, async (client) => {
    const outcomes = estimateStream(client, [{}], 4, 0.1);
    await assert.rejects(outcomes.next(), { message: 'no answer within 0.1 s' });
  });
});

test("a stream that the server ends early costs no answer", async () => {
  let streams = 0;
  const behaviour = {
    estimateStream: (call) => {
      const first = ++streams === 1;
      call.on('data', ({ id }) => {
        call.write({ id, response: {} });
        if (first) call.end();
      });
      call.on('error', () => {});
      call.on('end', () => call.end());
    },
  };
  let outcomes = 0;
  await against(behaviour, async (client) => {
    for await (const { response } of estimateStream(client, Array(5).fill({}), 1)) {
      assert.ok(response);
      outcomes++;
    }
  });
  assert.equal(outcomes, 5);
});

test("another program's server among good ones costs no answer", async () => {
  const { service } = connect('localhost:1').constructor;
  const listening = async (server) =>
    new Promise((bound, failed) =>
      server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) =>
        error ? failed(error) : bound(`127.0.0.1:${port}`),
      ),
    );
  const other = new grpc.Server();
  const good = new grpc.Server();
  good.addService(service, {
    estimate: (call, answer) => answer(null, { cycles: 42 }),
    estimateStream: (call) => {
      call.on('data', ({ id }) => call.write({ id, response: { cycles: 42 } }));
      call.on('end', () => call.end());
    },
  });
  const client = connect(`ipv4:${await listening(other)},${await listening(good)}`);
  try {
    for (let answered = false; !answered; ) {
      answered = await estimate(client, {}).then(
        () => true, // the good one is connected
        (error) => assert.equal(error.code, grpc.status.UNIMPLEMENTED),
      );
    }
    for (let i = 0; i < 10; i++) assert.equal((await estimate(client, {})).cycles, 42);
    for (let i = 0; i < 2; i++) {
      for await (const { response } of estimateStream(client, [{}, {}])) {
        assert.equal(response.cycles, 42);
      }
    }
  } finally {
    client.close();
    other.forceShutdown();
    good.forceShutdown();
  }
});

test('whoever breaks off ends the call', async () => {
  let cancelled;
  const ended = new Promise((done) => (cancelled = done));
  const behaviour = {
    estimateStream: (call) => {
      call.on('data', ({ id }) => call.write({ id, response: {} }));
      call.on('cancelled', cancelled);
      call.on('error', () => {});
    },
  };
  function* endless() {
    for (;;) yield {};
  }
  await against(behaviour, async (client) => {
    for await (const { id } of estimateStream(client, endless(), 4)) {
      if (id >= 10) break;
    }
    await ended;
  });
});
