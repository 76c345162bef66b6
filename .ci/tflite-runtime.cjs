// Runs one inference over zeros of every .tflite file of a folder with TensorFlow Lite itself, as the
// WebAssembly build of an npm package has it: node tflite-runtime.cjs WASM_FOLDER MODEL_FOLDER
'use strict';
const fs = require('fs');
const path = require('path');

const [wasmFolder, modelFolder] = process.argv.slice(2);
const load = require(path.resolve(wasmFolder, 'tflite_web_api_cc.js'));

function start(log) {
  return load({
    wasmBinary: fs.readFileSync(path.join(wasmFolder, 'tflite_web_api_cc.wasm')),
    print: (line) => log.push(line),
    printErr: (line) => log.push(line),
  });
}

function all(vector) {
  return Array.from({ length: vector.size() }, (_, i) => vector.get(i));
}

function infer(runtime, file) {
  const address = runtime._malloc(file.length);
  runtime.HEAPU8.set(file, address);
  const loaded = runtime.TFLiteWebModelRunner.CreateFromBufferAndOptions(address, file.length, {
    numThreads: 1,
    enableWebXNNPACK: false,
    enableProfiling: false,
    maxProfilingBufferEntries: 0,
  });
  if (!loaded.ok()) {
    throw new Error(loaded.errorMessage());
  }
  const model = loaded.value();
  for (const input of all(model.GetInputs())) {
    const data = input.data();
    data.fill(typeof data[0] === 'bigint' ? 0n : 0);
  }
  if (!model.Infer()) {
    throw new Error('the inference fails');
  }
  model.delete();
  runtime._free(address);
}

async function main() {
  const names = fs.readdirSync(modelFolder).filter((name) => name.endsWith('.tflite')).sort();
  const log = [];
  let runtime = await start(log);
  let failed = 0;
  for (const name of names) {
    log.length = 0;
    try {
      infer(runtime, fs.readFileSync(path.join(modelFolder, name)));
    } catch (e) {
      failed++;
      console.error(`${name}: ${e.message ?? e} ${log.filter((line) => /ERROR/.test(line)).join(' ')}`);
      runtime = await start(log);
    }
  }
  console.log(`TensorFlow Lite: ${names.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || names.length === 0 ? 1 : 0;
}

main();
