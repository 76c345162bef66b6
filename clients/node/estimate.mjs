// node estimate.mjs TARGET ACCELERATOR MODEL...: one line for each, as answers come.
import { readFileSync } from 'node:fs';
import { connect, estimateStream } from './ppe.mjs';

const [target, acceleratorName, ...paths] = process.argv.slice(2);
if (paths.length === 0) {
  console.error('usage: node estimate.mjs TARGET ACCELERATOR MODEL...');
  process.exit(2);
}
const client = connect(target);
function* requests() {
  for (const path of paths) {
    const kind = path.endsWith('.onnx') ? 'onnx' : 'tflite';
    yield { [kind]: readFileSync(path), modelName: path, acceleratorName, detail: 'DETAIL_SUMMARY' };
  }
}
try {
  for await (const { id, response, error } of estimateStream(client, requests())) {
    if (error) {
      console.error(`${paths[id]}: ${error.message}`);
      process.exitCode = 1;
    } else {
      console.log(`${paths[id]},${response.latencyUs.toFixed(3)},${response.energyUj.toFixed(3)}`);
    }
  }
} catch (error) {
  console.error(`${target}: ${error.details ?? error.message}`);
  process.exitCode = 1;
}
client.close();
