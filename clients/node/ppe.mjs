// A client of PPE over grpc-js: loads the contract's files at run time, no generated code.
import { readFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
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

/** One EstimateResponse for an EstimateRequest. */
export function estimate(client, request, deadlineSeconds = 60) {
  const deadline = Date.now() + 1000 * deadlineSeconds;
  return new Promise((answered, failed) => {
    client.estimate(request, { deadline }, (error, answer) =>
      error ? failed(error) : answered(answer),
    );
  });
}

/**
 * Many over one stream: an async generator of `{id, response}` or `{id, error}` as they are ready.
 * At most `inFlight` are under way; `requests` is any iterable, read as needed.
 */
export async function* estimateStream(client, requests, inFlight = 16) {
  const stream = client.estimateStream();
  const source = requests[Symbol.iterator]();
  let sent = 0;
  let ended = false;
  const send = () => {
    const { value, done } = source.next();
    if (!done) {
      stream.write({ id: String(sent++), request: value });
    } else if (!ended) {
      ended = true;
      stream.end();
    }
  };
  for (let i = 0; i < inFlight; i++) send();
  for await (const { id, response, error } of stream) {
    send();
    yield { id: Number(id), response, error };
  }
}
