const cp = require('child_process');
class Converter {
  constructor(options) {
    this.options = options;
  }
  run() {
    return cp.execSync(`ffmpeg -i /tmp/in ${this.options.join(' ')} /tmp/out`);
  }
}
exports.handler = async (event) => new Converter(event.options).run();
