// A client of PPE over grpc-js: loads the contract's files at run time, no generated code.
import { readFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const CONTRACT = resolve(fileURLToPath(import.meta.url), '../../../proto');

const SERVICE_CONFIG = {
  loadBalancingConfig: [{ round_robin: {} }],
  methodConfig: [
    {
      name: [{}],
      // A server that stops resets its calls, which arrive as cancelled though nobody here did.
      retryPolicy: {
        maxAttempts: 4,
        initialBackoff: '0.1s',
        maxBackoff: '1s',
        backoffMultiplier: 2,
        retryableStatusCodes: ['UNAVAILABLE', 'CANCELLED'],
      },
    },
  ],
};

/**
 * @param {string} target `host:port`, `dns:///name:port`, or `ipv4:1.2.3.4:50051,1.2.3.5:50051`
 * @param {{contract?: string, credentials?: grpc.ChannelCredentials}} options where `ppe/v1/*.proto` is
 */
export function connect(target, { contract = CONTRACT, credentials } = {}) {
  const definition = loader.loadSync('ppe/v1/service.proto', {
    includeDirs: [contract],
    longs: Number,
    enums: String,
    defaults: true,
  });
  const { PowerPerformanceEvaluationService } = grpc.loadPackageDefinition(definition).ppe.v1;
  return new PowerPerformanceEvaluationService(
    target,
    credentials ?? grpc.credentials.createInsecure(),
    {
      'grpc.service_config': JSON.stringify(SERVICE_CONFIG),
      'grpc.max_receive_message_length': 64 << 20,
    },
  );
}

/** One EstimateResponse for a model file; `fields` are others of EstimateRequest. */
export async function estimateFile(client, path, fields = {}, deadlineSeconds = 60) {
  const model = await readFile(path);
  const kind = extname(path) === '.onnx' ? 'onnx' : 'tflite';
  const request = { modelName: basename(path, extname(path)), [kind]: model, ...fields };
  return estimate(client, request, deadlineSeconds);
}

/**
 * One EstimateResponse for an EstimateRequest. An overloaded replica is asked again after the pause
 * that it wants, until the deadline; where a server does not know the service, the next in turn is
 * asked, three times at most.
 */
export async function estimate(client, request, deadlineSeconds = 60) {
  const deadline = Date.now() + 1000 * deadlineSeconds;
  let elsewhere = 0;
  for (;;) {
    try {
      return await estimateOnce(client, request, deadline);
    } catch (error) {
      let pause = retryDelayMillis(error);
      if (isUnoffered(error) && elsewhere < MOST_ELSEWHERE) {
        pause = 100 * elsewhere++ ** 2; // at once, and then as another may still be connecting
      }
      if (pause === undefined || Date.now() + pause >= deadline) throw error;
      await sleep(pause);
    }
  }
}

const MOST_ELSEWHERE = 3;

function estimateOnce(client, request, deadline) {
  return new Promise((answered, failed) => {
    client.estimate(request, { deadline }, (error, answer) =>
      error ? failed(error) : answered(answer),
    );
  });
}

/**
 * Many over one stream: an async generator of `{id, response}` or `{id, error}` as they are ready.
 * At most `inFlight` are under way; `requests` is any iterable, read as needed. A stream that is
 * lost with its replica costs no answer: what had none is sent again on the next stream; and so is,
 * after the pause that it wants, what an overloaded replica refused, until its `deadlineSeconds` are
 * over. Where nothing is answered for as long, the loop throws. To break off the loop over it gives
 * up what is under way.
 */
export async function* estimateStream(client, requests, inFlight = 16, deadlineSeconds = 60) {
  const source = requests[Symbol.iterator]();
  const unanswered = new Map(); // id to {value, deadline}
  const pauses = new Set();
  let sent = 0;
  let exhausted = false;
  let losses = 0; // in a row
  try {
    for (;;) {
      const stream = client.estimateStream();
      stream.on('error', () => {}); // the loop below tells; after its end nobody listens
      const send = (id) => stream.write({ id: String(id), request: unanswered.get(id).value });
      const fill = () => {
        while (!exhausted && unanswered.size < inFlight) {
          const { value, done } = source.next();
          if (done) {
            exhausted = true;
          } else {
            unanswered.set(sent, { value, deadline: Date.now() + 1000 * deadlineSeconds });
            send(sent++);
          }
        }
        if (exhausted && unanswered.size === 0) stream.end();
      };
      const sendLater = (id, millis) => {
        const pause = setTimeout(() => {
          pauses.delete(pause);
          if (unanswered.has(id)) send(id);
        }, millis);
        pauses.add(pause);
      };
      for (const id of unanswered.keys()) send(id);
      try {
        fill();
        const answers = stream[Symbol.asyncIterator]();
        for (;;) {
          const answer = await lossOr(within(deadlineSeconds, answers.next()));
          if (answer.done && exhausted && unanswered.size === 0) return;
          if (answer.loss || answer.done) {
            const loss = answer.loss ?? new Error('the server ended the stream before its answers');
            if (++losses > MOST_LOSSES) throw loss;
            await sleep(Math.min(2000, 100 * 2 ** losses));
            break; // to the next stream
          }
          const { response, error } = answer.value;
          const id = Number(answer.value.id);
          losses = 0;
          const pause = error?.retryDelay ? millisOf(error.retryDelay) : Infinity;
          if (Date.now() + pause < unanswered.get(id)?.deadline) {
            sendLater(id, pause);
            continue;
          }
          unanswered.delete(id);
          fill();
          yield { id, response, error };
        }
      } finally {
        pauses.forEach(clearTimeout);
        pauses.clear(); // what waited is sent with all else that is unanswered
        stream.cancel();
      }
    }
  } finally {
    source.return?.();
  }
}

const MOST_LOSSES = 6;

/** What comes next of a stream, or `{loss}` where its replica went away, or is another program. */
async function lossOr(next) {
  try {
    return await next;
  } catch (error) {
    const lost = error.code === grpc.status.UNAVAILABLE || error.code === grpc.status.CANCELLED;
    if (!lost && !isUnoffered(error)) throw error;
    return { loss: error };
  }
}

async function within(seconds, next) {
  next.catch(() => {}); // if it comes too late
  let timer;
  const late = new Promise((_, failed) => {
    const error = new Error(`no answer within ${seconds} s`);
    error.code = grpc.status.DEADLINE_EXCEEDED;
    timer = setTimeout(() => failed(error), 1000 * seconds);
  });
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
  }
}

// What servers that have not got a method say of it, and what gRPC makes of HTTP's 404.
const UNOFFERED =
  /method not found|unknown (service|method)|status code 404|does not implement the method|(service|method) is unimplemented/i;

function isUnoffered(error) {
  return error.code === grpc.status.UNIMPLEMENTED && UNOFFERED.test(error.details ?? '');
}

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';

/** Milliseconds after which an overloaded replica wants to be asked again; undefined if never. */
function retryDelayMillis(error) {
  try {
    const [details] = error.metadata?.get('grpc-status-details-bin') ?? [];
    for (const any of details ? fields(details, 3) : []) {
      if (String(fields(any, 1)[0]) === RETRY_INFO) {
        const [delay = Buffer.alloc(0)] = fields(fields(any, 2)[0] ?? Buffer.alloc(0), 1);
        const [seconds = 0] = fields(delay, 1);
        const [nanos = 0] = fields(delay, 2);
        return millisOf({ seconds, nanos });
      }
    }
  } catch (unreadable) {
    // no hint that can be read is no hint
  }
  return undefined;
}

/** Of a google.protobuf.Duration; a millisecond at least. */
function millisOf({ seconds, nanos }) {
  return Math.max(1, 1000 * seconds + nanos / 1e6);
}

/** The values of one field of a protobuf message of varints and length-delimited fields. */
function fields(message, wanted) {
  const values = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      if (at >= message.length) throw new RangeError('a message that is cut off');
      const byte = message[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    let value = varint();
    if ((tag & 7) === 2) {
      value = message.subarray(at, (at += value));
    } else if ((tag & 7) !== 0) {
      throw new RangeError('a message of other fields');
    }
    if (Math.floor(tag / 8) === wanted) values.push(value);
  }
  return values;
}
