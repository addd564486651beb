// Builds the invoice function into build/package.
import { buildDotnet } from '../build-dotnet.mjs';

buildDotnet(import.meta.dirname, 'function', 'package');
