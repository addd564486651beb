// Builds the bootstrap for .NET into build/.
import { buildDotnet } from '../../build-dotnet.mjs';

buildDotnet(import.meta.dirname, 'source', '.');
